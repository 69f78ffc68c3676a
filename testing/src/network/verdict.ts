import { join } from 'node:path'
import { type Receipt, msFromTime, readGenesis } from '@dujiang/chain'
import { LIFETIME_MS } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { openHomeNode } from '@dujiang/node/network'
import { type Acknowledged, AcknowledgedFile, readAcknowledged } from '../kill/acknowledged.ts'
import { receiptHash } from '../kill/chain.ts'
import { judge } from '../kill/judge.ts'
import { type ApplicationName, applicationOf } from './applications.ts'
import { grammarBreaks } from './calls.ts'
import type { Cluster } from './cluster.ts'
import { Load } from './load.ts'

const fileIn = ({ dir }: Cluster): string => join(dir, 'acknowledged.ndjson')

/** A load on a cluster by these many actors; each knows all nodes and begins with another. */
export async function loadOn(cluster: Cluster, actors: number, { promises = true } = {}): Promise<Load> {
  const file = await AcknowledgedFile.create(fileIn(cluster))
  const clients = Array.from({ length: actors }, (_, at) => cluster.clientFrom(at % cluster.members.length))
  return new Load(file, clients, promises)
}

/** A ledger as its own journal leads to it, from genesis on. */
interface Replayed {
  readonly receipts: readonly Receipt[]
  readonly appHash: string
}

/**
 * Ends a cluster after a load and holds it to its word: every node has all that was acknowledged, once; all have the same
 * receipts and state, and so has each of their journals when it is replayed from genesis; and no engine has asked but by the
 * grammar of ABCI. Gives what is wrong.
 */
export async function verdictOn(
  cluster: Cluster,
  load: Load,
  application: ApplicationName = 'trivial',
): Promise<{ readonly problems: readonly string[]; readonly acknowledged: readonly Acknowledged[] }> {
  await load.stop()
  const acknowledged = await readAcknowledged(fileIn(cluster))
  await quiet(cluster)
  const timesMs = await timesOf(cluster, acknowledged)
  // Once more: what was asked between takes of the time in which nothing changes.
  const hashes = await quiet(cluster)
  await cluster.stop()

  const problems: string[] = []
  if (new Set(hashes).size !== 1) problems.push(`differ: app hashes ${hashes.join(', ')}`)
  const first = await replayed(cluster, 0, application)
  problems.push(...judge(acknowledged, { receipts: first.receipts, timesMs }, load.sent))
  for (const [at, hash] of hashes.entries()) {
    const own = at === 0 ? first : await replayed(cluster, at, application)
    if (own.appHash !== hash) problems.push(`differ: node ${at} replays to ${own.appHash}, not ${hash}`)
    if (logOf(own) !== logOf(first)) problems.push(`differ: node ${at} has other receipts than node 0`)
  }
  problems.push(...(await grammarBreaks(cluster.members.map(({ place }) => place))))
  return { problems, acknowledged }
}

const MINUTE_MS = 60_000

/**
 * Nothing is on its way any more, and every receipt is provable everywhere. Gives the app hash of each node, which stays as it is
 * for half a minute.
 */
async function quiet(cluster: Cluster): Promise<readonly string[]> {
  const foundedMs = readGenesis(nodeCrypto.sha256, cluster.genesisBytes).genesis.time
  const same = new Set<unknown>()
  const stand = await cluster.until('nothing is on its way', ({ nodes }) => {
    same.clear()
    return nodes.every((node) => {
      if (!('height' in node) || node.ledger === undefined) return false
      const { pending, provable, receipts, timeMs } = node.ledger
      const blockMs = Number(timeMs)
      // Once acts have expired, the first block of a minute lets go of their ids, and the state is another.
      const minute = blockMs < foundedMs + LIFETIME_MS - MINUTE_MS ? 0 : Math.floor(blockMs / MINUTE_MS)
      const lasts = minute === 0 || blockMs % MINUTE_MS < MINUTE_MS / 2
      same.add(`${String(receipts)} ${minute}`)
      return lasts && pending === 0 && provable === receipts && same.size === 1
    })
  })
  return stand.nodes.map((node) => ('ledger' in node ? String(node.ledger?.['appHash']) : ''))
}

/** Block times of the heights that promises name. */
async function timesOf(cluster: Cluster, acknowledged: readonly Acknowledged[]): Promise<readonly number[]> {
  const timesMs: number[] = []
  for (const { kind, height } of acknowledged) {
    if (kind !== 'promised' || timesMs[height] !== undefined) continue
    timesMs[height] = msFromTime((await cluster.member(0).rpc.commit(height)).header.time)
  }
  return timesMs
}

async function replayed(cluster: Cluster, at: number, application: ApplicationName): Promise<Replayed> {
  const node = await openHomeNode(cluster.member(at).place.home, applicationOf(application).app, { workers: 0 })
  try {
    const { receipts: count, appHash } = node.status()
    const receipts = (await node.receipts(0, count)).map(({ receipt }) => receipt)
    return { receipts, appHash }
  } finally {
    await node.close()
  }
}

const logOf = ({ receipts }: Replayed): string => receipts.map(receiptHash).join('\n')
