import { useNavigate } from 'react-router'
import type { LongList } from '../../api/lists.ts'
import { type ListedSession, useListedSessions } from '../../api/order-history.ts'
import { useHasLists } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { marketWords } from '../../market/market-words.ts'
import { NoLists } from '../../market/no-lists.tsx'
import { toneOfState, wordOfState } from '../../market/session-state.ts'
import { Unread } from '../../market/unread.tsx'
import { useAhead } from '../../ui/ahead.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import type { Column } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { traderWords } from './trader-words.ts'

const nextPage = () => Promise.all([import('./result-page.tsx'), import('../../ui/chart-engine.ts')])

/** Sessions that have come to a result. */
export function Component() {
  const say = useWords(traderWords)
  useAhead(nextPage)
  const list = useListedSessions()
  const hasLists = useHasLists()
  return (
    <Page title={say('results.title')}>
      {hasLists === false ? <NoLists /> : null}
      {hasLists !== false && list.count === undefined && list.error === null ? <Unread /> : null}
      {list.error === null || list.count !== undefined ? null : (
        <Note tone="warn" title={say('lists.failed')}>
          {list.error.message}
        </Note>
      )}
      {list.count === 0 ? <Empty title={say('results.empty')}>{say('results.empty.why')}</Empty> : null}
      {list.count === undefined || list.count === 0 ? null : <ResultTable list={list} />}
    </Page>
  )
}

function ResultTable({ list }: { readonly list: LongList<ListedSession> }) {
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
    <LongTable
      label={say('results.title')}
      list={list}
      rowKey={({ session }) => session}
      columns={columns}
      onOpen={({ session }) => void go(`/results/${session}`)}
    />
  )
}
