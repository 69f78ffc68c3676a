import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { readLimits } from '../../forms/limits/limits-draft.ts'
import { orderWords } from '../../forms/order/order-words.ts'
import { useWords } from '../../i18n/words.ts'
import { CellGrid } from '../../ui/grid/cell-grid.tsx'
import { periodLabel } from '../../ui/period.tsx'
import { unitsWords } from './units-words.ts'

interface UnitLimitsProps {
  /** As people call it. */
  readonly name: string
  readonly texts: readonly string[]
  readonly onChange: (texts: readonly string[]) => void
  /** Absent where the unit is invited already: an invitation is not taken back, but its limits may become 0. */
  readonly onRemove: (() => void) | undefined
}

/** One unit's limit in each period. */
export function UnitLimits({ name, texts, onChange, onRemove }: UnitLimitsProps) {
  const say = useWords(unitsWords)
  const why = useWords(orderWords)
  const id = useId()
  const [all, setAll] = useState('')
  const { faults } = readLimits(texts)
  const periods = texts.length
  return (
    <section className="unit-limits" aria-label={say('edit.title', { unit: name })}>
      <header className="section-head">
        <h3>{say('edit.title', { unit: name })}</h3>
        {onRemove === undefined ? null : (
          <Button size="small" onClick={onRemove}>
            {say('edit.remove')}
          </Button>
        )}
      </header>
      <form
        className="send-line fill-all"
        onSubmit={(event) => {
          event.preventDefault()
          onChange(Array.from({ length: periods }, () => all))
        }}
      >
        <label htmlFor={id}>{say('edit.all')}</label>
        <Input id={id} inputMode="decimal" value={all} onChange={(event) => setAll(event.target.value)} />
        <Button htmlType="submit" disabled={all === ''}>
          {say('edit.fill')}
        </Button>
      </form>
      <CellGrid
        label={say('edit.title', { unit: name })}
        rowHeads={texts.map((_, at) => periodLabel(at + 1, periods))}
        columns={[{ key: 'limit', label: say('edit.limit'), head: say('edit.limit') }]}
        texts={texts.map((text) => [text])}
        onEdit={(edits) => {
          const next = [...texts]
          for (const { row, text } of edits) if (row < periods) next[row] = text
          onChange(next)
        }}
        markOf={(row) => {
          const fault = faults.find(({ period }) => period === row + 1)
          return fault === undefined ? undefined : { level: 'bad', text: why(`reason.${fault.reason}`) }
        }}
      />
    </section>
  )
}
