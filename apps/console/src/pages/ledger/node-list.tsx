import type { KnownNode } from '@dujiang/client'
import { useNodes } from '../../api/nodes.ts'
import { useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { ledgerWords } from './ledger-words.ts'
import { OwnStateChip, StandingChip } from './node-chips.tsx'
import type { Standing } from './standing.ts'

interface NodeListProps {
  /** By organisation, how its validator stands, which is all that others see of a node; undefined while that is being read. */
  readonly standingOf: ReadonlyMap<string, Standing> | undefined
}

/** The nodes of the network and where each serves the same console; nothing where this node was told of none. */
export function NodeList({ standingOf }: NodeListProps) {
  const say = useWords(ledgerWords)
  const isNarrow = useNarrow()
  const nodes = useNodes()
  const { data: status } = useStatus()
  if (nodes.length === 0) return null
  const isUnread = (role: KnownNode['role']): boolean => role === 'validator' && standingOf === undefined
  const org: Column<KnownNode> = { key: 'org', title: say('column.code'), width: 110, cell: (node) => node.org }
  const kind: Column<KnownNode> = {
    key: 'kind',
    title: say('nodes.kind'),
    width: 110,
    cell: ({ role }) => say(`nodes.${role}`),
  }
  const height: Column<KnownNode> = {
    key: 'height',
    title: say('height'),
    align: 'right',
    width: isNarrow ? 76 : 90,
    cell: ({ org: whose, role, here }) => {
      if (here) return status?.height
      if (isUnread(role)) return null
      const standing = standingOf?.get(whose)
      if (standing === undefined) return <span className="muted">{say('nodes.unknown')}</span>
      return standing.signed?.height ?? say('vote.not.seen')
    },
  }
  const state: Column<KnownNode> = {
    key: 'state',
    title: say('column.state'),
    width: 120,
    cell: ({ org: whose, role, here }) => {
      if (isUnread(role)) return null
      const standing = standingOf?.get(whose)
      if (standing !== undefined) return <StandingChip state={standing.state} />
      if (here) return status && <OwnStateChip status={status} />
      return <span className="muted">{say('nodes.signs.none')}</span>
    },
  }
  const columns: readonly Column<KnownNode>[] = [
    ...(isNarrow ? [] : [org]),
    { key: 'name', title: say('column.org'), cell: ({ name }) => <span className="org-name">{name}</span> },
    ...(isNarrow ? [height] : [kind, height, state]),
    {
      key: 'api',
      title: say('nodes.address'),
      width: isNarrow ? 140 : 320,
      cell: ({ api, here }) => (
        <>
          <a href={`${api}/ledger/validators`} target="_blank" rel="noreferrer">
            {api.replace(/^https?:\/\//, '')}
          </a>{' '}
          {here && !isNarrow ? <Chip tone="accent">{say('nodes.here')}</Chip> : null}
        </>
      ),
    },
  ]
  return (
    <Section title={say('nodes.title')}>
      <DenseTable label={say('nodes.title')} rows={nodes} rowKey={(node) => node.org} columns={columns} />
      <p className="muted votes-legend">{say('nodes.lead')}</p>
    </Section>
  )
}
