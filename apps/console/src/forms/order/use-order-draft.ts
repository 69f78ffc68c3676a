import type { OrderPayload, Side } from '@dujiang/market'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Acting } from '../../api/act.ts'
import { isDone } from '../../api/sending.ts'
import type { Draft as Kept } from '../../kept/use-draft.ts'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { type Draft, inEnergy, readDraft } from './draft.ts'
import {
  type BasisField,
  type OrderBasis,
  basisOf,
  changedSince,
  isBlank,
  keptOrder,
  readKeptOrder,
} from './kept-order.ts'
import { type StartParts, freshStart, orderText, startFrom } from './order-start.ts'

interface OrderDraftParts extends StartParts {
  readonly kept: Kept
  readonly acting: Acting
  readonly onSent: () => void
}

/** The ladder that is being filled in: kept as it is typed, found again, and done with once the ledger has taken it. */
export function useOrderDraft(parts: OrderDraftParts) {
  const { kept, acting, session, limitWh, energy, onSent } = parts
  const [begun] = useState(() => freshStart(parts))
  const [start] = useState(() => {
    const found = readKeptOrder(kept.found?.value)
    return found === undefined ? begun : startFrom(found, parts)
  })
  const [typed, setTyped] = useState(start.typed)
  const [side, setSide] = useState(start.side)
  const [replaced, setReplaced] = useState(start.replaced)
  const [basis, setBasis] = useState(start.basis)
  const [found, setFound] = useState(start.found)
  const [sent, setSent] = useState(start.sent)

  const draft = useMemo(() => inEnergy(typed, energy), [typed, energy])
  const read = useMemo(() => readDraft(draft), [draft])
  const text = read.order && read.faults.length === 0 ? orderText(side, read.order) : undefined
  const isSent = text !== undefined && text === sent
  const isOpen = typed !== begun.typed && !isSent
  const current = basisOf(session, limitWh)
  const changes: readonly BasisField[] = isOpen ? changedSince(basis, current) : []

  const keep = (next: Draft, nextSide: Side, nextReplaced: string | undefined, nextBasis: OrderBasis): void => {
    if (isBlank(next)) kept.drop()
    else kept.keep(keptOrder(next, nextSide, nextReplaced, nextBasis))
  }
  const change = (next: Draft, nextSide = side): void => {
    const nextBasis = isOpen ? basis : current
    setTyped(next)
    setSide(nextSide)
    setBasis(nextBasis)
    keep(next, nextSide, replaced, nextBasis)
    if (acting.state.step !== 'idle' && !acting.busy) acting.reset()
  }

  // What was sent stands in the form, which goes on with it: what is changed takes its place.
  const { sending } = acting
  const atFirst = useRef(sending?.serial ?? 0)
  const taken = useRef(0)
  useEffect(() => {
    if (sending === undefined || !isDone(sending.state) || taken.current === sending.serial) return
    taken.current = sending.serial
    const { side: sentSide, ...order } = sending.payload as unknown as OrderPayload
    const sentText = orderText(sentSide, order)
    // Sent from this form before it was left, and the form is for another order now.
    if (sentText !== text && sending.serial <= atFirst.current) return
    setSent(sentText)
    setReplaced(sending.state.id)
    setFound('none')
    if (sentText === text) kept.drop()
    else keep(typed, side, sending.state.id, basis)
    onSent()
  })
  const wasSent = start.sent !== undefined
  const { drop } = kept
  useEffect(() => {
    if (wasSent) drop()
  }, [wasSent, drop])
  useLeaveGuard(isOpen && !isBlank(typed) && kept.keptMs === undefined)

  return {
    draft,
    read,
    side,
    replaced,
    isSent,
    changes,
    basis,
    current,
    found: isSent ? 'none' : found,
    change,
    changeSide: (next: Side) => change(typed, next),
    /** What has changed of the notice has been seen. */
    accept: () => {
      setBasis(current)
      keep(typed, side, replaced, current)
    },
    discard: () => {
      setTyped(begun.typed)
      setSide(begun.side)
      setReplaced(begun.replaced)
      setFound('none')
      kept.drop()
    },
  }
}
