import type { Invitation, Unit } from '@dujiang/market'
import { Button, Select } from 'antd'
import { useLedger } from '../../api/ledger.tsx'
import { type Named, useSessions } from '../../api/sessions.ts'
import { type LimitsDraft, limitTexts } from '../../forms/limits/limits-draft.ts'
import { useWords } from '../../i18n/words.ts'
import { Field } from '../../ui/field.tsx'
import { PasteLimits } from './paste-limits.tsx'
import { unitsWords } from './units-words.ts'

interface AddUnitsProps {
  readonly units: readonly Named<Unit>[]
  readonly draft: LimitsDraft
  readonly session: string
  readonly periods: number
  readonly onAdd: (added: LimitsDraft) => void
}

/** The ways to fill the list: one by one, a whole side, as in an earlier session, from a spreadsheet. */
export function AddUnits({ units, draft, session, periods, onAdd }: AddUnitsProps) {
  const say = useWords(unitsWords)
  const { client } = useLedger()
  const sessions = useSessions()
  const earlier = sessions?.filter((each) => each.id !== session && each.periods === periods) ?? []
  const absent = units.filter(({ id }) => !draft.has(id))
  const empty = Array.from({ length: periods }, () => '')
  const add = (ids: readonly string[]): void => onAdd(new Map(ids.map((id) => [id, empty])))
  const addSide = (side: 'sell' | 'buy'): void =>
    add(absent.filter((unit) => unit.side === side || unit.side === 'both').map(({ id }) => id))
  const copy = async (from: string): Promise<void> => {
    const added = new Map<string, readonly string[]>()
    for await (const { key, value } of client.rows('auction/invitation', { prefix: `${from}/` })) {
      const { limitWh } = value as unknown as Invitation
      added.set(key.slice(from.length + 1), limitTexts(limitWh, periods))
    }
    onAdd(added)
  }
  return (
    <div className="form-part">
      <Field label={say('add.label')}>
        {(input) => (
          <Select
            {...input}
            value={null}
            showSearch={{ optionFilterProp: 'label' }}
            options={absent.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
            onChange={(id: string | null) => {
              if (id !== null) add([id])
            }}
          />
        )}
      </Field>
      <Field label={say('copy.label')}>
        {(input) => (
          <Select
            {...input}
            value={null}
            disabled={earlier.length === 0}
            options={[...earlier].reverse().map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
            onChange={(id: string | null) => {
              if (id !== null) void copy(id)
            }}
          />
        )}
      </Field>
      <div className="send-line" role="group" aria-label={say('add.title')}>
        <Button onClick={() => addSide('sell')}>{say('add.sell')}</Button>
        <Button onClick={() => addSide('buy')}>{say('add.buy')}</Button>
        <PasteLimits units={units} periods={periods} onTake={onAdd} />
      </div>
    </div>
  )
}
