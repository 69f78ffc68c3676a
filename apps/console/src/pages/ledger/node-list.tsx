import type { KnownNode } from '@dujiang/client'
import { useNodes } from '../../api/nodes.ts'
import { useStatus } from '../../api/queries.ts'
import { useWords } from '../../i18n/words.ts'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { ledgerWords } from './ledger-words.ts'

/**
 * The nodes of the network and where each serves the same console; nothing where this node was told of none. `signed`: the height
 * that each organisation's validator has signed last, which is all that others see of it.
 */
export function NodeList({ signed }: { readonly signed: ReadonlyMap<string, number | undefined> }) {
  const say = useWords(ledgerWords)
  const isNarrow = useNarrow()
  const nodes = useNodes()
  const { data: status } = useStatus()
  if (nodes.length === 0) return null
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
    width: 90,
    cell: ({ org: whose, here }) => (here ? status?.height : signed.get(whose)) ?? '—',
  }
  const columns: readonly Column<KnownNode>[] = [
    ...(isNarrow ? [] : [org]),
    { key: 'name', title: say('column.org'), cell: ({ name }) => name },
    ...(isNarrow ? [] : [kind, height]),
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
