import type { Invitation, Unit } from '@dujiang/market'
import { useMemo } from 'react'
import type { Named } from '../../api/sessions.ts'
import { type LimitsDraft, isSame, readLimits } from '../../forms/limits/limits-draft.ts'
import { useWords } from '../../i18n/words.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { unitsWords } from './units-words.ts'

interface UnitListProps {
  readonly draft: LimitsDraft
  readonly onRecord: ReadonlyMap<string, Invitation>
  readonly units: readonly Named<Unit>[]
  readonly chosen: string | undefined
  readonly onChoose: (unit: string) => void
}

type State = 'new' | 'changed' | 'same' | 'bad'
const tones: { readonly [state in State]: Tone } = { new: 'accent', changed: 'warn', same: 'plain', bad: 'bad' }

interface Row {
  readonly unit: string
  readonly known: Unit | undefined
  readonly sumWh: number
  readonly state: State
}

/** The units of the list, each with how it stands to what is on record. */
export function UnitList({ draft, onRecord, units, chosen, onChoose }: UnitListProps) {
  const say = useWords(unitsWords)
  const names = useUnitNames()
  const narrow = useNarrow()
  const rows = useMemo(() => {
    const known = new Map(units.map((unit) => [unit.id, unit]))
    return [...draft].map(([unit, texts]): Row => {
      const { limitWh, sumWh } = readLimits(texts)
      const before = onRecord.get(unit)
      const state =
        limitWh === undefined
          ? 'bad'
          : before === undefined
            ? 'new'
            : isSame(limitWh, before.limitWh)
              ? 'same'
              : 'changed'
      return { unit, known: known.get(unit), sumWh, state }
    })
  }, [draft, onRecord, units])
  const columns: Column<Row>[] = [
    { key: 'unit', title: say('col.unit'), cell: ({ unit }) => <strong>{unit}</strong> },
    { key: 'name', title: say('col.name'), cell: ({ known }) => known?.name },
    {
      key: 'side',
      title: say('col.side'),
      width: 76,
      cell: ({ known }) => (known === undefined ? null : <SideChip side={known.side} />),
    },
    {
      key: 'sum',
      title: `${say('col.sum')} ${names.energy}`,
      align: 'right',
      cell: ({ sumWh }) => <Energy wh={sumWh} />,
    },
    {
      key: 'state',
      title: say('col.state'),
      width: 84,
      cell: ({ state }) => <Chip tone={tones[state]}>{say(`state.${state}`)}</Chip>,
    },
  ]
  return (
    <DenseTable
      label={say('list.title')}
      rows={rows}
      rowKey={({ unit }) => unit}
      columns={narrow ? columns.filter(({ key }) => key !== 'name' && key !== 'side') : columns}
      onOpen={({ unit }) => onChoose(unit)}
      {...(chosen === undefined ? {} : { openKey: chosen })}
    />
  )
}
