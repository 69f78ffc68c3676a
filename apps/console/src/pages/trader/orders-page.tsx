import type { Session } from '@dujiang/market'
import { Button, Select } from 'antd'
import { memo, useMemo } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { LongList } from '../../api/lists.ts'
import { type PastOrder, useOrderHistory } from '../../api/order-history.ts'
import { useHasLists } from '../../api/queries.ts'
import { type Named, useSessions } from '../../api/sessions.ts'
import { ForMembers } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { NoLists } from '../../market/no-lists.tsx'
import { SideChip } from '../../market/side-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { useNameOfUnit } from '../../market/unit-name.ts'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import type { Column } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { LongTable } from '../../ui/long-table.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { traderWords } from './trader-words.ts'

/** Every order of the own organisation, or those of `?session=`. */
export function Component() {
  const say = useWords(traderWords)
  return (
    <Page title={say('orders.title')}>
      <ForMembers>
        <Orders />
      </ForMembers>
    </Page>
  )
}

function Orders() {
  const say = useWords(traderWords)
  const go = useNavigate()
  const [search] = useSearchParams()
  const session = search.get('session') ?? undefined
  const list = useOrderHistory(session)
  const sessions = useSessions()
  if (useHasLists() === false) return <NoLists />
  if (list.count === undefined) {
    return list.error === null ? (
      <Unread />
    ) : (
      <Note tone="warn" title={say('lists.failed')}>
        {list.error.message}
      </Note>
    )
  }
  if (list.count === 0 && session === undefined) {
    return (
      <Empty
        title={say('orders.empty')}
        action={
          <Button type="primary" onClick={() => void go('/sessions')}>
            {say('orders.go')}
          </Button>
        }
      >
        {say('orders.empty.why')}
      </Empty>
    )
  }
  return (
    <>
      <SessionFilter sessions={sessions} session={session} />
      <OrderTable list={list} sessions={sessions} />
    </>
  )
}

interface FilterProps {
  readonly sessions: readonly Named<Session>[] | undefined
  readonly session: string | undefined
}

/** Of its own: the list below it is drawn anew while one scrolls. */
const SessionFilter = memo(Filter)

function Filter({ sessions, session }: FilterProps) {
  const say = useWords(traderWords)
  const [, setSearch] = useSearchParams()
  return (
    <div className="filters">
      <Select
        aria-label={say('orders.session')}
        value={session ?? ''}
        options={[
          { value: '', label: say('orders.all') },
          ...(sessions ?? []).map(({ id }) => ({ value: id, label: id })),
        ]}
        onChange={(chosen) => setSearch(chosen === '' ? {} : { session: chosen })}
        popupMatchSelectWidth={false}
      />
    </div>
  )
}

const tones: { readonly [status in PastOrder['status']]: Tone } = {
  live: 'accent',
  replaced: 'plain',
  cancelled: 'plain',
  declined: 'bad',
  voided: 'plain',
}

interface OrderTableProps {
  readonly list: LongList<PastOrder>
  readonly sessions: readonly Named<Session>[] | undefined
}

function OrderTable({ list, sessions }: OrderTableProps) {
  const say = useWords(traderWords)
  const go = useNavigate()
  return (
    <LongTable
      label={say('orders.title')}
      list={list}
      rowKey={({ order }) => order}
      columns={useColumns(sessions)}
      onOpen={({ order }) => void go(`/orders/${order}`)}
    />
  )
}

function useColumns(sessions: readonly Named<Session>[] | undefined): readonly Column<PastOrder>[] {
  const say = useWords(traderWords)
  const { energy } = useUnitNames()
  const narrow = useNarrow()
  const nameOf = useNameOfUnit()
  return useMemo(() => {
    const open = new Set(sessions?.filter(({ status }) => status === 'announced').map(({ id }) => id))
    const small: Column<PastOrder>[] = [
      { key: 'session', title: say('col.session'), cell: ({ session }) => session },
      { key: 'unit', title: say('col.unit'), cell: ({ unit }) => <span className="clip">{nameOf(unit)}</span> },
    ]
    const wide: Column<PastOrder>[] = [
      { key: 'order', title: say('col.order'), cell: ({ order }) => <span className="mono">{order.slice(0, 8)}</span> },
      { key: 'time', title: say('col.time'), cell: ({ time }) => <Instant atMs={time} seconds /> },
      { key: 'unit', title: say('col.unit'), cell: ({ unit }) => nameOf(unit) },
      { key: 'side', title: say('col.side'), width: 72, cell: ({ side }) => <SideChip side={side} /> },
      { key: 'steps', title: say('col.steps'), align: 'right', width: 72, cell: ({ steps }) => steps },
      {
        key: 'volume',
        title: `${say('col.used')} ${energy}`,
        align: 'right',
        cell: ({ volumeWh }) => <Energy wh={volumeWh} />,
      },
      { key: 'session', title: say('col.session'), cell: ({ session }) => session },
    ]
    return [
      ...(narrow ? small : wide),
      {
        key: 'status',
        title: say('col.state'),
        cell: ({ status, session }) =>
          status === 'live' && !open.has(session) ? (
            <Chip>{say('status.stood')}</Chip>
          ) : (
            <Chip tone={tones[status]}>{say(`status.${status}`)}</Chip>
          ),
      },
    ]
  }, [say, energy, narrow, nameOf, sessions])
}
