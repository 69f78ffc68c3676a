import type { Org } from '@dujiang/market'
import { Input } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { useRows } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { marketWords } from '../../market/market-words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { Unread } from '../../market/unread.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { LedgerFrame } from './ledger-frame.tsx'
import { lastOf } from './last-of.ts'
import { ledgerWords } from './ledger-words.ts'

type Row = Org & { readonly id: string }

/** Who is on record. */
export function Component() {
  const say = useWords(ledgerWords)
  const word = useWords(marketWords)
  const nameOf = useNameOfOrg()
  const go = useNavigate()
  const isNarrow = useNarrow()
  const [params, setParams] = useSearchParams()
  const { data, error } = useRows<Org>('members/org')
  const asked = params.get('q') ?? ''
  const all = data?.map(({ key, value }): Row => ({ ...value, id: lastOf(key) }))
  const rows = all?.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(asked.toLowerCase()))
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: say('column.name'), cell: ({ name }) => name },
    { key: 'code', title: say('column.code'), width: 140, cell: ({ id }) => id },
    {
      key: 'roles',
      title: say('column.roles'),
      width: 200,
      cell: ({ roles }) => roles.map((role) => word(`role.${role}`)).join(' / '),
    },
    {
      key: 'by',
      title: say('column.admitted'),
      width: 180,
      cell: ({ admittedBy, sinceMs }) => (sinceMs === 0 ? say('founder') : nameOf(admittedBy)),
    },
    {
      key: 'since',
      title: say('column.since'),
      width: 150,
      cell: ({ sinceMs }) => (sinceMs === 0 ? '—' : <Instant atMs={sinceMs} />),
    },
  ]
  const narrow = columns.filter(({ key }) => key === 'name' || key === 'roles')
  return (
    <LedgerFrame lead={say('orgs.lead')}>
      {all?.length === 0 ? (
        <Empty title={say('orgs.empty')}>{say('orgs.empty.why')}</Empty>
      ) : rows === undefined ? (
        <Unread error={error} />
      ) : (
        <>
          <div className="ledger-filters">
            <Input
              className="search"
              aria-label={say('orgs.filter')}
              placeholder={say('orgs.filter')}
              value={asked}
              onChange={({ target: { value } }) => setParams(value === '' ? {} : { q: value }, { replace: true })}
              allowClear
            />
          </div>
          <DenseTable
            label={say('tab.orgs')}
            rows={rows}
            rowKey={({ id }) => id}
            heightMax={640}
            onOpen={({ id }) => void go(`/ledger/orgs/${id}`)}
            columns={isNarrow ? narrow : columns}
          />
        </>
      )}
    </LedgerFrame>
  )
}
