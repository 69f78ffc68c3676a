import type { Committed } from '@dujiang/client'
import type { Org } from '@dujiang/market'
import { Button, Input, Segmented, Select } from 'antd'
import { memo, useMemo } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useActTitles, useLongList } from '../../api/lists.ts'
import { useHasLists, useRows, useStatus } from '../../api/queries.ts'
import { usePick, useWords } from '../../i18n/words.ts'
import { NoLists } from '../../market/no-lists.tsx'
import { Unread } from '../../market/unread.tsx'
import { useAhead } from '../../ui/ahead.ts'
import { Empty } from '../../ui/empty.tsx'
import { HashText } from '../../ui/hash.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { lastOf } from './last-of.ts'
import { ledgerWords } from './ledger-words.ts'
import { ReceiptsTable } from './receipts-table.tsx'
import { understood } from './search.ts'

const FILTERS = ['id', 'org', 'act', 'session', 'unit', 'outcome'] as const

const nextPages = () => Promise.all([import('./receipt-page.tsx'), import('./block-page.tsx')])

/** Everything on record, the newest first, narrowed by what stands in the address. */
export function Component() {
  const say = useWords(ledgerWords)
  useAhead(nextPages)
  const { data: status } = useStatus()
  return (
    <LedgerFrame lead={say('lead')}>
      {status === undefined ? null : <LedgerFacts />}
      <Receipts />
    </LedgerFrame>
  )
}

function LedgerFacts() {
  const say = useWords(ledgerWords)
  const { data: status } = useStatus()
  if (status === undefined) return null
  const { height, receipts, provable, pending, appHash, chain, projections } = status
  const facts = [
    [say('height'), height],
    [say('receipts'), receipts],
    [say('provable'), provable],
    [say('pending'), pending],
    ...(projections === undefined ? [] : [[say('lag'), projections.lag] as const]),
    [say('app.hash'), <HashText key="a" value={appHash} />],
    [say('chain'), <HashText key="c" value={chain} />],
  ] as const
  return (
    <dl className="ledger-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Receipts() {
  const say = useWords(ledgerWords)
  const [params] = useSearchParams()
  const filters = useMemo(
    () =>
      Object.fromEntries(
        FILTERS.flatMap((name) => (params.has(name) ? [[name, params.get(name) as string] as const] : [])),
      ),
    [params],
  )
  const isFiltered = Object.keys(filters).length > 0
  const list = useLongList<Committed>('receipts', filters)
  const lag = useStatus().data?.projections?.lag ?? 0
  return (
    <>
      <Filters filters={filters} />
      {useHasLists() === false ? (
        <NoLists />
      ) : list.error !== null && list.count === undefined ? (
        <Empty title={say('lists.failed')}>
          <p>{say('lists.failed.why')}</p>
          <code>{list.error.message}</code>
        </Empty>
      ) : list.count === 0 && lag > 0 ? (
        <Empty title={say('lists.behind', { count: lag })} />
      ) : list.count === 0 ? (
        <Empty title={say(isFiltered ? 'receipts.none' : 'receipts.empty')}>
          {say(isFiltered ? 'receipts.none.why' : 'receipts.empty.why')}
        </Empty>
      ) : list.count === undefined ? (
        <Unread />
      ) : (
        <ReceiptsTable label={say('tab.receipts')} list={list} />
      )}
    </>
  )
}

/** Of its own: the list beside it is drawn anew while one scrolls. */
const Filters = memo(FilterBar)

function FilterBar({ filters }: { readonly filters: { readonly [name: string]: string } }) {
  const say = useWords(ledgerWords)
  const pick = usePick()
  const go = useNavigate()
  const [, setParams] = useSearchParams()
  const titles = useActTitles()
  const { data: orgRows } = useRows<Org>('members/org')
  const orgs = useMemo(
    () => (orgRows ?? []).map(({ key, value }) => ({ value: lastOf(key), label: value.name })),
    [orgRows],
  )
  const acts = [...titles].map(([value, title]) => ({ value, label: pick(title) }))
  const set = (name: (typeof FILTERS)[number], value: string | undefined): void => {
    setParams((now) => {
      if (value === undefined) now.delete(name)
      else now.set(name, value)
      return now
    })
  }
  const search = (typed: string): void => {
    const found = understood(typed, new Set(orgs.map(({ value }) => value)))
    if (found === undefined) return
    if ('to' in found) void go(found.to)
    else set(found.filter.name, found.filter.value)
  }
  const typed = [
    ...(filters['id'] === undefined ? [] : [['id', say('filter.id', { id: filters['id'] })] as const]),
    ...(filters['session'] === undefined
      ? []
      : [['session', say('filter.session', { session: filters['session'] })] as const]),
  ]
  return (
    <div className="ledger-filters">
      <Input.Search
        className="search"
        aria-label={say('search.label')}
        placeholder={say('search.hint')}
        onSearch={search}
        allowClear
      />
      <Segmented
        aria-label={say('filter.outcome')}
        value={filters['outcome'] ?? ''}
        options={[
          { value: '', label: say('filter.all') },
          { value: 'accepted', label: say('filter.accepted') },
          { value: 'declined', label: say('filter.declined') },
        ]}
        onChange={(value) => set('outcome', value === '' ? undefined : value)}
      />
      <Select
        className="kind"
        aria-label={say('filter.act')}
        placeholder={say('filter.act')}
        value={filters['act']}
        options={acts}
        onChange={(value?: string) => set('act', value)}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
      />
      <Select
        className="kind"
        aria-label={say('filter.org')}
        placeholder={say('filter.org')}
        value={filters['org']}
        options={orgs}
        onChange={(value?: string) => set('org', value)}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
      />
      {typed.map(([name, text]) => (
        <Button key={name} onClick={() => set(name, undefined)} title={say('filter.clear')}>
          {text} ×
        </Button>
      ))}
    </div>
  )
}
