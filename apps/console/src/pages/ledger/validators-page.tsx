import type { MisbehaviourRow, ValidatorProposal, ValidatorRow } from '@dujiang/market'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { useMemo } from 'react'
import { useGenesis, useNewestHeaders } from '../../api/light.ts'
import { useNodes } from '../../api/nodes.ts'
import { useRows, useStatus } from '../../api/queries.ts'
import { uiWords } from '../../i18n/ui-words.ts'
import { useWords } from '../../i18n/words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { Unread } from '../../market/unread.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { LedgerFrame } from './ledger-frame.tsx'
import { lastOf } from './last-of.ts'
import { ledgerWords } from './ledger-words.ts'
import { NodeList } from './node-list.tsx'
import { OwnStateChip, StandingChip } from './node-chips.tsx'
import { type Standing, standingsOf } from './standing.ts'

const HEADERS = 20

/** Who signs the blocks, and how each of them stands, read off what it has signed. */
export function Component() {
  const say = useWords(ledgerWords)
  const isNarrow = useNarrow()
  const headers = useNewestHeaders(HEADERS)
  const standings = useMemo(() => headers && standingsOf(nobleCrypto.sha256, headers), [headers])
  const whose = useWhose()
  const standingOf = standings && new Map(standings.map((each) => [whose(each.key).org ?? '', each]))
  return (
    <LedgerFrame lead={say('validators.lead')}>
      {standings?.length === 0 ? (
        <Empty title={say('validators.none')}>{say('validators.none.why')}</Empty>
      ) : standings === undefined ? (
        <Unread />
      ) : (
        <>
          <ValidatorTable standings={standings} count={headers?.length ?? 0} />
          {isNarrow ? null : <p className="muted votes-legend">{say('votes.legend')}</p>}
        </>
      )}
      <ThisNode />
      <NodeList standingOf={standingOf} />
      <Proposals />
      <Misbehaviours />
    </LedgerFrame>
  )
}

function ValidatorTable({ standings, count }: { readonly standings: readonly Standing[]; readonly count: number }) {
  const say = useWords(ledgerWords)
  const isNarrow = useNarrow()
  const whose = useWhose()
  // As below, by organisation.
  const rows = standings.toSorted(
    (a, b) => b.power - a.power || ((whose(a.key).org ?? '') < (whose(b.key).org ?? '') ? -1 : 1),
  )
  const total = standings.reduce((sum, { power }) => sum + power, 0)
  const columns: readonly Column<Standing>[] = [
    {
      key: 'who',
      title: say('column.validator'),
      cell: ({ key }) => {
        const { org, name } = whose(key)
        if (isNarrow) return name ?? org ?? say('validators.joined')
        return (
          <>
            {org ?? say('validators.joined')} <span className="muted">{name}</span>
          </>
        )
      },
    },
    {
      key: 'state',
      title: say('column.state'),
      width: 78,
      cell: ({ state }) => <StandingChip state={state} />,
    },
    { key: 'power', title: say('column.power'), align: 'right', width: 96, cell: ({ power }) => `${power} / ${total}` },
    {
      key: 'signed',
      title: say(isNarrow ? 'height' : 'column.signed'),
      align: 'right',
      width: isNarrow ? 76 : 128,
      cell: ({ signed }) => signed?.height ?? <Chip tone="bad">{say('vote.not.seen')}</Chip>,
    },
    {
      key: 'behind',
      title: say('column.behind'),
      align: 'right',
      width: 72,
      cell: ({ behind }) => behind ?? '—',
    },
    {
      key: 'appHash',
      title: say('app.hash'),
      width: 150,
      cell: ({ signed }) => (signed === undefined ? '—' : <HashText value={signed.appHash} />),
    },
    { key: 'proposed', title: say('column.proposed'), align: 'right', width: 64, cell: ({ proposed }) => proposed },
    {
      key: 'votes',
      title: say('column.votes', { count }),
      width: 10 * count + 24,
      cell: ({ votes }) => <Votes votes={votes} />,
    },
    { key: 'key', title: say('column.public'), width: 150, cell: ({ key }) => <HashText value={key} /> },
  ]
  const shown = isNarrow ? columns.filter(({ key }) => key === 'who' || key === 'state' || key === 'signed') : columns
  return <DenseTable label={say('validators.table')} rows={rows} rowKey={({ key }) => key} columns={shown} />
}

function Votes({ votes }: { readonly votes: Standing['votes'] }) {
  const say = useWords(ledgerWords)
  const signed = votes.filter((vote) => vote === 'commit').length
  return (
    <span className="votes" role="img" aria-label={say('votes.label', { signed, count: votes.length })}>
      {votes.map((vote, at) => (
        <i key={at} data-vote={vote} />
      ))}
    </span>
  )
}

/** Whose a key is: what the state says now, else what the genesis file said. */
function useWhose(): (key: string) => { readonly org?: string; readonly name?: string } {
  const genesis = useGenesis()
  const { data: rows } = useRows<ValidatorRow>('network/validator')
  return useMemo(() => {
    const known = new Map<string, { readonly org: string; readonly name: string }>()
    for (const { key, org, name } of genesis?.genesis.validators ?? []) known.set(key, { org, name })
    for (const { key, value } of rows ?? []) known.set(lastOf(key), value)
    return (key) => known.get(key) ?? {}
  }, [genesis, rows])
}

function ThisNode() {
  const say = useWords(ledgerWords)
  const { data: status } = useStatus()
  const own = useNodes().find(({ here }) => here)
  if (status === undefined) return null
  const { height, timeMs, appHash } = status
  return (
    <Section title={own === undefined ? say('validators.this') : `${say('validators.this')} · ${own.name}`}>
      <Facts
        rows={[
          [say('node.state'), <OwnStateChip key="s" status={status} />],
          [say('height'), height],
          [say('column.time'), <Instant key="t" atMs={timeMs} seconds />],
          [say('app.hash'), <HashText key="a" value={appHash} />],
        ]}
      />
    </Section>
  )
}

function Proposals() {
  const say = useWords(ledgerWords)
  const comma = useWords(uiWords)('list.comma')
  const nameOf = useNameOfOrg()
  const { data: rows = [] } = useRows<ValidatorProposal>('network/proposal')
  if (rows.length === 0) return null
  return (
    <Section title={say('proposals.title')}>
      {rows.map(({ key, value: { change, proposedBy, approvals } }) => (
        <div className="ledger-event" key={key}>
          <h3>{say('proposals.by', { org: nameOf(proposedBy), approvals: approvals.map(nameOf).join(comma) })}</h3>
          <pre className="mono">{JSON.stringify(change, null, 1)}</pre>
        </div>
      ))}
    </Section>
  )
}

function Misbehaviours() {
  const say = useWords(ledgerWords)
  const nameOf = useNameOfOrg()
  const { data: rows = [] } = useRows<MisbehaviourRow>('network/misbehaviour')
  if (rows.length === 0) return null
  return (
    <Section title={say('misbehaviour.title')}>
      <DenseTable
        label={say('misbehaviour.title')}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'org',
            title: say('column.org'),
            cell: ({ value, key }) => (value.org === undefined ? key : nameOf(value.org)),
          },
          {
            key: 'kind',
            title: say('node.state'),
            cell: ({ value }) => say(value.kind === 'duplicateVote' ? 'misbehaviour.double' : 'misbehaviour.attack'),
          },
          { key: 'time', title: say('column.time'), cell: ({ value }) => <Instant atMs={value.timeMs} seconds /> },
          { key: 'height', title: say('height'), align: 'right', cell: ({ value }) => value.recordedHeight },
        ]}
      />
    </Section>
  )
}
