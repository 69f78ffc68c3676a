import type { RecordedPeriod } from '@dujiang/market'
import { useWords } from '../../i18n/words.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Period } from '../../ui/period.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import type { PeriodRow } from './recorded-data.ts'
import { recordedWords } from './recorded-words.ts'

interface DifferencesProps {
  readonly periods: readonly PeriodRow[]
  readonly of: number
  readonly unit: string
}

const ON_A_PHONE = new Set(['period', 'published', 'difference'])
/** What compares volumes, where any were published. */
const OF_VOLUMES = new Set(['publishedVolume', 'byVolume'])

/** What was published beside what the ledger finds, period by period. */
export function Differences({ periods, of, unit }: DifferencesProps) {
  const say = useWords(recordedWords)
  const names = useUnitNames()
  const narrow = useNarrow()
  const hasVolumes = periods.some(({ row }) => row.published.volumeWh !== undefined)
  const columns: Column<PeriodRow>[] = [
    {
      key: 'period',
      title: say('col.period'),
      width: 108,
      cell: ({ period }) => <Period period={period} periods={of} />,
    },
    {
      key: 'published',
      title: narrow ? say('col.published') : `${say('col.published')} ${unit}`,
      align: 'right',
      cell: ({ row }) => <PublishedPrice row={row} />,
    },
    {
      key: 'price',
      title: `${say('col.price')} ${unit}`,
      align: 'right',
      cell: ({ row }) => (row.kind === 'stated' ? null : <Price milliFen={row.result.price} digits={2} />),
    },
    {
      key: 'interval',
      title: say('col.interval'),
      align: 'right',
      cell: ({ row }) =>
        row.kind === 'stated' ? null : (
          <>
            <Price milliFen={row.result.interval.low} digits={2} /> –{' '}
            <Price milliFen={row.result.interval.high} digits={2} />
          </>
        ),
    },
    { key: 'difference', title: say('col.difference'), cell: ({ row }) => <PriceDifference row={row} /> },
    {
      key: 'publishedVolume',
      title: `${say('col.published.volume')} ${names.energy}`,
      align: 'right',
      cell: ({ row }) => <Energy wh={row.published.volumeWh} />,
    },
    {
      key: 'volume',
      title: `${say('col.volume')} ${names.energy}`,
      align: 'right',
      cell: ({ row }) => (row.kind === 'stated' ? null : <Energy wh={row.result.volumeWh} />),
    },
    {
      key: 'byVolume',
      title: say('col.difference'),
      align: 'right',
      cell: ({ row }) => <VolumeDifference row={row} />,
    },
  ]
  return (
    <DenseTable
      label={say('part.periods')}
      rows={periods}
      rowKey={({ period }) => String(period)}
      columns={columns.filter(({ key }) => (narrow ? ON_A_PHONE.has(key) : hasVolumes || !OF_VOLUMES.has(key)))}
    />
  )
}

function PublishedPrice({ row: { published } }: { readonly row: RecordedPeriod }) {
  const say = useWords(recordedWords)
  const { price, areaPrices = [] } = published
  if (areaPrices.length === 0) return <Price milliFen={price} digits={2} />
  return (
    <span className="muted" title={areaPrices.map((each) => `${each.area} ${each.price / 100_000}`).join(', ')}>
      {say('areas.count', { count: areaPrices.length })}
    </span>
  )
}

function PriceDifference({ row }: { readonly row: RecordedPeriod }) {
  const say = useWords(recordedWords)
  if (row.kind === 'stated') return <span title={say('stated.why')}>{say('stated')}</span>
  const { price, byPrice } = row.difference
  if (price === 'outside') {
    return (
      <Chip tone="warn">
        ≠ <Price milliFen={byPrice} digits={2} signed />
      </Chip>
    )
  }
  return <Chip tone={price === 'notCompared' ? 'plain' : 'good'}>{say(`diff.${price}`)}</Chip>
}

function VolumeDifference({ row }: { readonly row: RecordedPeriod }) {
  const say = useWords(recordedWords)
  if (row.kind === 'stated') return null
  const { volume, byVolumeWh } = row.difference
  if (volume === 'differs') return <Energy wh={byVolumeWh} signed />
  return <span className="muted">{say(`diff.${volume}`)}</span>
}
