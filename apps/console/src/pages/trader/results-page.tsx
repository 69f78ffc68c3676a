import { useNavigate, useSearchParams } from 'react-router'
import { Button } from 'antd'
import { type ListedSession, useListedSessions } from '../../api/order-history.ts'
import { useWords } from '../../i18n/words.ts'
import { marketWords } from '../../market/market-words.ts'
import { toneOfState, wordOfState } from '../../market/session-state.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { traderWords } from './trader-words.ts'

/** Sessions that have come to a result; `&after=` for an earlier page. */
export function Component() {
  const say = useWords(traderWords)
  const [search, setSearch] = useSearchParams()
  const { data, error } = useListedSessions(search.get('after') ?? undefined)
  const rows = data?.rows.filter(({ result }) => result !== undefined)
  return (
    <Page
      title={say('results.title')}
      actions={
        data?.next === undefined ? null : (
          <Button onClick={() => setSearch({ after: data.next as string })}>{say('results.more')}</Button>
        )
      }
    >
      {error === null ? null : (
        <Note tone="warn" title={say('lists.failed')}>
          {error.message}
        </Note>
      )}
      {rows?.length === 0 ? <Empty title={say('results.empty')}>{say('results.empty.why')}</Empty> : null}
      {rows !== undefined && rows.length > 0 ? <ResultTable rows={rows} /> : null}
    </Page>
  )
}

function ResultTable({ rows }: { readonly rows: readonly ListedSession[] }) {
  const say = useWords(traderWords)
  const state = useWords(marketWords)
  const units = useUnitNames()
  const narrow = useNarrow()
  const go = useNavigate()
  const wide: Column<ListedSession>[] = [
    { key: 'product', title: say('col.product'), cell: ({ product }) => product },
    {
      key: 'delivery',
      title: say('col.delivery'),
      cell: ({ deliveryFrom, deliveryTo }) => `${deliveryFrom} – ${deliveryTo}`,
    },
    { key: 'gate', title: say('col.gate'), cell: ({ gateMs }) => <Instant atMs={gateMs} /> },
    { key: 'orders', title: say('col.orders'), align: 'right', cell: ({ orders }) => orders ?? '—' },
  ]
  const columns: Column<ListedSession>[] = [
    { key: 'session', title: say('col.session'), cell: ({ session }) => <strong>{session}</strong> },
    {
      key: 'state',
      title: say('col.state'),
      cell: ({ status }) => <Chip tone={toneOfState(status)}>{state(wordOfState(status))}</Chip>,
    },
    {
      key: 'average',
      title: `${say('col.average')} ${units.price}`,
      align: 'right',
      cell: ({ averagePrice }) => <Price milliFen={averagePrice} digits={2} />,
    },
    ...(narrow
      ? []
      : [
          {
            key: 'volume',
            title: `${say('col.volume')} ${units.energy}`,
            align: 'right' as const,
            cell: ({ volumeWh }: ListedSession) => <Energy wh={volumeWh} />,
          },
          ...wide,
        ]),
  ]
  return (
    <DenseTable
      label={say('results.title')}
      rows={rows}
      rowKey={({ session }) => session}
      columns={columns}
      onOpen={({ session }) => void go(`/results/${session}`)}
    />
  )
}
