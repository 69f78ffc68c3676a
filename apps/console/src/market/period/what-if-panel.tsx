import type { Notice } from '@dujiang/market'
import { parseEnergy, parsePrice } from '@dujiang/core/units'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
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
import { type Outcome, clearedWith } from './what-if.ts'

interface WhatIfProps {
  readonly notice: Notice
  readonly supply: readonly BookStep[]
  readonly demand: readonly BookStep[]
  readonly own: readonly BookStep[]
  readonly published: Outcome
}

const keyOf = ({ order, step }: BookStep): string => `${order}-${step}`

/** The own steps of a period, to be changed for thought; the published book is cleared again with them at every key. */
export function WhatIf({ notice, supply, demand, own, published }: WhatIfProps) {
  const say = useWords(periodWords)
  const units = useUnitNames()
  const amount = useAmountTexts()
  const nameOf = useNameOfUnit()
  const { energy } = usePreferences()
  const original = useMemo(
    () => own.map(({ price, volumeWh }) => [priceText(price), volumeText(volumeWh, energy)]),
    [own, energy],
  )
  const [typed, setTyped] = useState<{ readonly energy: string; readonly texts: readonly (readonly string[])[] }>()
  const texts = typed?.energy === energy ? typed.texts : original
  const edit = (edits: readonly Edit[]): void => {
    const next = texts.map((row) => [...row])
    for (const { row, column, text } of edits) if (next[row] !== undefined && column < 2) next[row][column] = text
    setTyped({ energy, texts: next })
  }
  const read = texts.map(([price = '', volume = '']) => {
    const p = parsePrice(price, '元/MWh', { negative: true })
    const v = volume === '' ? { ok: true as const, value: 0 } : parseEnergy(volume, energy)
    const { priceFloor, priceCap, lotWh } = notice
    return {
      price: p.ok && p.value >= priceFloor && p.value <= priceCap ? p.value : undefined,
      volumeWh: v.ok && v.value % lotWh === 0 ? v.value : undefined,
    }
  })
  const changed = new Map(
    own.flatMap((step, at): (readonly [string, BookStep])[] => {
      const { price, volumeWh } = read[at] ?? {}
      return price === undefined || volumeWh === undefined ? [] : [[keyOf(step), { ...step, price, volumeWh }]]
    }),
  )
  const isWhole = changed.size === own.length
  const withChanges = (steps: readonly BookStep[]): readonly BookStep[] =>
    steps.map((step) => changed.get(keyOf(step)) ?? step).filter(({ volumeWh }) => volumeWh > 0)
  const outcome = isWhole
    ? clearedWith(notice, withChanges(supply), withChanges(demand), (step) => changed.has(keyOf(step)))
    : undefined
  const wrong = say('whatif.wrong', {
    lot: amount.energy(notice.lotWh),
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
          { key: 'price', label: say('tier.price'), head: units.price },
          { key: 'volume', label: units.energy, head: units.energy },
        ]}
        texts={texts}
        onEdit={edit}
        markOf={(row, column) =>
          read[row]?.[column === 0 ? 'price' : 'volumeWh'] === undefined ? { level: 'bad', text: wrong } : undefined
        }
      />
      <p className="whatif-tools">
        <Button size="small" disabled={typed === undefined} onClick={() => setTyped(undefined)}>
          {say('whatif.reset')}
        </Button>
        {isWhole ? null : <span className="muted">{say('whatif.cannot')}</span>}
      </p>
      <OutcomeTable published={published} outcome={outcome} />
    </div>
  )
}
