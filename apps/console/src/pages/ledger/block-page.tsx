import {
  type Commit,
  type Header,
  addressOf,
  commitFromJson,
  headerFromJson,
  headerHash,
  msFromTime,
  voteFlag,
} from '@dujiang/chain'
import type { Committed } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useLedger } from '../../api/ledger.tsx'
import { useGenesis } from '../../api/light.ts'
import { type LongList, useLongList } from '../../api/lists.ts'
import { useHasLists, useStatus } from '../../api/queries.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useWords } from '../../i18n/words.ts'
import { useNameOfOrg } from '../../market/org-name.ts'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/page.tsx'
import { LedgerFrame } from './ledger-frame.tsx'
import { ledgerWords } from './ledger-words.ts'
import { ReceiptsTable } from './receipts-table.tsx'

const HEIGHT = /^[1-9]\d{0,14}$/

interface ShownBlock {
  readonly header: Header
  readonly commit: Commit
  readonly txs: number
}

/** One block: its header, who signed it, what it recorded. */
export function Component() {
  const say = useWords(ledgerWords)
  const { height = '' } = useParams()
  const at = HEIGHT.test(height) ? Number(height) : 0
  const { data: block, error } = useBlock(at)
  const { data: status } = useStatus()
  return (
    <LedgerFrame
      title={say('block.title', { height })}
      actions={
        <>
          {status !== undefined && at > 1 && at <= status.height + 1 ? (
            <Link to={`/ledger/blocks/${at - 1}`}>← {say('block.before')}</Link>
          ) : null}
          {status !== undefined && at > 0 && at < status.height ? (
            <Link to={`/ledger/blocks/${at + 1}`}>{say('block.after')} →</Link>
          ) : null}
        </>
      }
    >
      {block === null || at === 0 ? (
        <Empty title={say('block.unknown', { height })}>
          {say('block.unknown.why', { newest: status?.height ?? '—' })}
        </Empty>
      ) : block === undefined ? (
        <Unread error={error} />
      ) : (
        <BlockParts key={at} block={block} />
      )}
    </LedgerFrame>
  )
}

/** Null where there is none; undefined while it is read. A block never changes, and neither does who may see it here: only its header is used. */
function useBlock(height: number) {
  const { client, viewer } = useLedger()
  const { data: status } = useStatus()
  return useQuery({
    queryKey: [...queryKeys.closed(viewer, 'block', String(height)), height <= (status?.height ?? 0)],
    queryFn: async (): Promise<ShownBlock | null> => {
      const found = (await client.block(height)) as
        | { readonly header: Json; readonly commit: Json; readonly txs: readonly Json[] }
        | undefined
      if (found === undefined) return null
      const [header, commit] = [headerFromJson(found.header), commitFromJson(found.commit)]
      if (!header.ok || !commit.ok) throw new Error(`block ${height} is none`)
      return { header: header.value, commit: commit.value, txs: found.txs.length }
    },
    enabled: height > 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function BlockParts({ block }: { readonly block: ShownBlock }) {
  const say = useWords(ledgerWords)
  const { header, commit, txs } = block
  const timeMs = msFromTime(header.time)
  const filters = useMemo(() => ({ from: String(timeMs), until: String(timeMs + 1) }), [timeMs])
  const list = useLongList<Committed>('receipts', filters)
  const withheld = withheldOf(list, txs)
  const signed = commit.signatures.filter(({ flag }) => flag === voteFlag.commit).length
  const genesis = useGenesis()
  const nameOf = useNameOfOrg()
  const proposer = genesis?.genesis.validators.find(
    ({ key }) => toHex(addressOf(nobleCrypto.sha256, fromHex(key))) === toHex(header.proposerAddress),
  )
  return (
    <>
      <Section title={say('block.header')}>
        <Facts
          rows={[
            [say('column.time'), <Instant key="t" atMs={timeMs} seconds />],
            [say('block.signed'), `${signed} / ${commit.signatures.length}`],
            [
              say('block.proposer'),
              proposer ? nameOf(proposer.org) : <HashText key="p" value={toHex(header.proposerAddress)} />,
            ],
            [say('block.hash'), <HashText key="h" value={toHex(headerHash(nobleCrypto.sha256, header))} />],
            [say('block.previous'), <HashText key="l" value={toHex(header.lastBlockId.hash)} />],
            [say('block.app.hash'), <HashText key="a" value={toHex(header.appHash)} />],
          ]}
        />
      </Section>
      <Section title={say('block.acts')}>
        {useHasLists() === false ? <p className="muted">{say('block.no.lists', { count: txs })}</p> : null}
        {list.count === 0 && txs === 0 ? <p className="muted">{say('block.nothing')}</p> : null}
        {list.count !== undefined && list.count > 0 ? <ReceiptsTable label={say('block.acts')} list={list} /> : null}
        {withheld > 0 ? <p className="muted">{say('block.withheld', { count: withheld })}</p> : null}
      </Section>
    </>
  )
}

/** How many of a block's acts are not shown; 0 where not all receipts that are shown have been read. */
function withheldOf({ count, rowAt }: LongList<Committed>, txs: number): number {
  if (count === undefined) return 0
  const rows = Array.from({ length: count }, (_, at) => rowAt(at))
  return rows.includes(undefined) ? 0 : txs - rows.filter((row) => row?.receipt.kind === 'act').length
}
