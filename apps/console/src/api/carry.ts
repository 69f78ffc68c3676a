import { type Client, type Committed, Refused, Unreachable } from '@dujiang/client'
import { passSequence } from '../kept/sequence.ts'
import type { ActState } from './sending.ts'
import { noteDenial } from './standing.ts'
import { whyDeclined, whyRefused } from './why.ts'

/** An act of which nobody can say what became is asked about so often. */
const AGAIN_MS = 2_000

interface Signed {
  readonly id: string
  readonly bytes: Uint8Array
  readonly expires: number
}
type On = (state: ActState) => ActState

/** Whom an act is handed to. */
export interface Nodes {
  /** The client to the nodes that are known by now. */
  readonly all: () => Client
  /** The client to this page's node alone. */
  readonly own: () => Client
}

/**
 * Sends an act, always the same bytes, until there is its receipt, or a node refuses it.
 * @param again a node may have had it before
 * @param letGo nobody can say what became of it: others need not wait for it any more
 */
export async function carryToReceipt(
  nodes: Nodes,
  signed: Signed,
  again: boolean,
  on: On,
  letGo: (lost: ActState) => void,
): Promise<ActState> {
  const { id, expires } = signed
  on({ step: 'signed', id, expires })
  for (let turn = 0; ; turn++) {
    // Where the ledger was founded anew, another node that stays silent would keep this one from saying that it is not its act.
    const isOwnToSay = turn % 2 === 1 && Date.now() >= expires
    try {
      return on(atItsEnd(await receiptOf(isOwnToSay ? nodes.own : nodes.all, signed, again || turn > 0, on)))
    } catch (error) {
      noteDenial(error)
      if (error instanceof Refused) return on({ step: 'refused', id, why: whyRefused(error) })
      if (!(error instanceof Unreachable)) throw error
      letGo(on({ step: 'lost', id }))
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}

async function receiptOf(
  carrier: () => Client,
  { bytes, expires }: Signed,
  hasBeenSent: boolean,
  on: On,
): Promise<Committed> {
  if (hasBeenSent) return carrier().untilCommitted(bytes)
  const first = await carrier().submitAccepted(bytes)
  if (first.state !== 'accepted') return first
  on({ step: 'accepted', id: first.id, expires, intake: first.intake })
  return carrier().untilCommitted(bytes)
}

function atItsEnd(committed: Committed): ActState {
  const { id, receipt } = committed
  if (receipt.code === 0) return { step: 'committed', id, committed }
  const last = receipt.refusal?.facts['last']
  if (receipt.refusal?.name === 'sequenceNotHigher' && typeof last === 'number') passSequence(last)
  return { step: 'refused', id, committed, why: whyDeclined(committed) }
}

/** Waits until a committed act can be proved. Where that takes too long, its receipt's page offers the proof later. */
export async function carryToProof(carrier: () => Client, bytes: Uint8Array, on: On): Promise<void> {
  const committed = await carrier()
    .submitProvable(bytes)
    .catch(() => undefined)
  if (committed?.state === 'provable') on({ step: 'provable', id: committed.id, committed })
}
