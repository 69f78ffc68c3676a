import type { Notice } from '@dujiang/market'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useInvitationsOf } from '../../api/bidding.ts'
import { useWords } from '../../i18n/words.ts'
import { usePreferences } from '../../preferences/preferences.ts'
import { useUnitNames } from '../../ui/amount.tsx'
import { CellGrid, type Edit } from '../../ui/grid/cell-grid.tsx'
import { useAmountTexts } from '../amount-texts.ts'
import { useNameOfUnit } from '../unit-name.ts'
import { OutcomeTable } from './outcome-table.tsx'
import type { BookStep } from './period-book.ts'
import { periodWords } from './period-words.ts'
import { priceText, volumeText } from './texts.ts'
import { type Outcome, clearedWith, readSteps } from './what-if.ts'

interface WhatIfProps {
  readonly id: string
  readonly period: number
  readonly notice: Notice
  readonly supply: readonly BookStep[]
  readonly demand: readonly BookStep[]
  readonly own: readonly BookStep[]
  readonly published: Outcome
}

interface Typed {
  /** The steps in whose place it stands: those of another period, or in another unit, begin as they were. */
  readonly of: readonly (readonly string[])[]
  readonly texts: readonly (readonly string[])[]
}

/** The own steps of a period, to be changed for thought; the published book is cleared again with them at every key. */
export function WhatIf({ id, period, notice, supply, demand, own, published }: WhatIfProps) {
  const say = useWords(periodWords)
  const names = useUnitNames()
  const amount = useAmountTexts()
  const nameOf = useNameOfUnit()
  const { energy } = usePreferences()
  const original = useMemo(
    () => own.map(({ price, volumeWh }) => [priceText(price), volumeText(volumeWh, energy)]),
    [own, energy],
  )
  const [typed, setTyped] = useState<Typed>()
  const texts = typed?.of === original ? typed.texts : original
  const edit = (edits: readonly Edit[]): void => {
    const next = texts.map((row) => [...row])
    for (const { row, column, text } of edits) if (next[row] !== undefined && column < 2) next[row][column] = text
    setTyped({ of: original, texts: next })
  }
  const units = useMemo(() => [...new Set(own.map(({ unit }) => unit))], [own])
  const invitations = useInvitationsOf(id, units)
  const read = useMemo(
    () => readSteps(own, texts, notice, energy, (unit) => invitations?.[units.indexOf(unit)]?.limitWh[period - 1]),
    [own, texts, notice, energy, invitations, units, period],
  )
  const isWhole = read.every(({ price, volumeWh }) => price !== undefined && volumeWh !== undefined)
  const outcome = useMemo(() => {
    if (!isWhole) return undefined
    // What nobody has changed is not cleared again.
    if (texts === original) return published
    const changed = new Map(own.map((step, at) => [step, { ...step, ...read[at] } as BookStep]))
    const withChanges = (steps: readonly BookStep[]): readonly BookStep[] =>
      steps.map((step) => changed.get(step) ?? step).filter(({ volumeWh }) => volumeWh > 0)
    const mine = new Set(changed.values())
    return clearedWith(notice, withChanges(supply), withChanges(demand), (step) => mine.has(step))
  }, [isWhole, texts, original, published, own, read, notice, supply, demand])
  const wrong = say('whatif.wrong', {
    lot: amount.energy(notice.lotWh),
    tick: amount.price(notice.tick),
    floor: amount.price(notice.priceFloor),
    cap: amount.price(notice.priceCap),
  })
  return (
    <div className="whatif">
      <p className="muted">{say('whatif.lead')}</p>
      <CellGrid
        label={say('whatif.title')}
        rowHeads={own.map(
          ({ order, unit, step }) => `${nameOf(unit)} ${say('whatif.step', { at: step })} ${order.slice(0, 6)}`,
        )}
        columns={[
          { key: 'price', label: say('tier.price'), head: names.price },
          { key: 'volume', label: names.energy, head: names.energy },
        ]}
        texts={texts}
        onEdit={edit}
        markOf={(row, column) =>
          read[row]?.[column === 0 ? 'price' : 'volumeWh'] === undefined ? { level: 'bad', text: wrong } : undefined
        }
      />
      <p className="whatif-tools">
        <Button size="small" disabled={texts === original} onClick={() => setTyped(undefined)}>
          {say('whatif.reset')}
        </Button>
        {isWhole ? null : <span className="muted">{say('whatif.cannot')}</span>}
      </p>
      <OutcomeTable published={published} outcome={outcome} />
    </div>
  )
}
