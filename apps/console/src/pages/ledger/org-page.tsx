import type { Org, OrgKey, Plant, Unit } from '@dujiang/market'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useRow, useRows } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { marketWords } from '../../market/market-words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { Unread } from '../../market/unread.tsx'
import { DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/page.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { lastOf } from './last-of.ts'
import { ledgerWords } from './ledger-words.ts'

/** From here on a key is as good as without an end. */
const FOREVER_MS = 4_000_000_000_000

/** One organisation: its roles, the keys that sign for it, its units. */
export function Component() {
  const say = useWords(ledgerWords)
  const word = useWords(marketWords)
  const nameOf = useNameOfOrg()
  const { org: id = '' } = useParams()
  const { data: org, error } = useRow<Org>(`members/org/${id}`)
  return (
    <LedgerFrame
      title={org?.name ?? id}
      actions={<Link to={`/ledger?org=${encodeURIComponent(id)}`}>{say('org.receipts')}</Link>}
    >
      {org === undefined ? <Unread error={error} /> : null}
      {org === null ? <Empty title={say('org.unknown', { org: id })}>{say('org.unknown.why')}</Empty> : null}
      {org ? (
        <>
          <Facts
            rows={[
              [say('column.code'), id],
              [say('column.roles'), org.roles.map((role) => word(`role.${role}`)).join(' / ')],
              [say('column.admitted'), org.sinceMs === 0 ? say('founder') : nameOf(org.admittedBy)],
              [say('column.since'), org.sinceMs === 0 ? '—' : <Instant key="s" atMs={org.sinceMs} />],
            ]}
          />
          <Keys org={id} />
          <Units org={id} />
        </>
      ) : null}
    </LedgerFrame>
  )
}

function Keys({ org }: { readonly org: string }) {
  const say = useWords(ledgerWords)
  const { data: keys } = useRows<OrgKey>('members/key', `${org}/`)
  return (
    <Section title={say('org.keys')}>
      {keys === undefined ? (
        <Unread />
      ) : (
        <DenseTable
          label={say('org.keys')}
          rows={keys}
          rowKey={({ key }) => key}
          columns={[
            { key: 'person', title: say('column.person'), cell: ({ value }) => value.person },
            { key: 'scheme', title: say('column.scheme'), width: 100, cell: ({ value }) => value.scheme.toUpperCase() },
            {
              key: 'key',
              title: say('column.key'),
              width: 160,
              cell: ({ key }) => <HashText value={lastOf(key)} />,
            },
            {
              key: 'from',
              title: say('column.from'),
              width: 140,
              cell: ({ value }) => (value.fromMs === 0 ? say('founder') : <Instant atMs={value.fromMs} />),
            },
            {
              key: 'until',
              title: say('column.until'),
              width: 140,
              cell: ({ value }) => (value.untilMs >= FOREVER_MS ? say('forever') : <Instant atMs={value.untilMs} />),
            },
          ]}
        />
      )}
    </Section>
  )
}

function Units({ org }: { readonly org: string }) {
  const say = useWords(ledgerWords)
  const word = useWords(marketWords)
  const { data: allUnits } = useRows<Unit>('members/unit')
  const { data: plants } = useRows<Plant>('members/plant')
  const units = useMemo(() => allUnits?.filter(({ value }) => value.org === org), [allUnits, org])
  const plantOf = (unit: Unit): Plant | undefined => plants?.find(({ key }) => lastOf(key) === unit.plant)?.value
  return (
    <Section title={say('org.units')}>
      {units === undefined ? (
        <Unread />
      ) : units.length === 0 ? (
        <p className="muted">{say('org.no.units')}</p>
      ) : (
        <DenseTable
          label={say('org.units')}
          rows={units}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'code',
              title: say('column.code'),
              width: 160,
              cell: ({ key }) => lastOf(key),
            },
            { key: 'name', title: say('column.name'), cell: ({ value }) => value.name },
            { key: 'side', title: say('column.side'), width: 110, cell: ({ value }) => word(`side.${value.side}`) },
            { key: 'plant', title: say('column.plant'), cell: ({ value }) => plantOf(value)?.name ?? '—' },
            { key: 'fuel', title: say('column.fuel'), width: 90, cell: ({ value }) => plantOf(value)?.fuel ?? '—' },
          ]}
        />
      )}
    </Section>
  )
}
