import type { Client } from '@dujiang/client'
import { type Agreement, agreementOf } from '@dujiang/node/consortium'
import { sessionOf } from '@dujiang/testing/province'
import { setTimeout as sleep } from 'node:timers/promises'
import { holdNext, register } from '../hold.ts'
import { fetchProofs, verifyOffline } from '../offline/check.ts'
import type { Options } from '../options.ts'
import type { Run } from '../summary.ts'
import { Trouble } from '../trouble.ts'
import { NetworkDesk, clientsOf } from './desk.ts'
import type { FoundedNetwork, SampleNode } from './found.ts'
import { networkPace } from './pace.ts'

/** From whose node all proofs are fetched: it does not vote, and had no part in making them. */
const WITNESS = 'SCNEA'
const LOOK_AGAIN_MS = 200
/** A node that has not come so far by then is not only slow. */
const COMES_WITHIN_MINUTES = 5

/** What a run on the network gathered. */
export interface NetworkRun extends Run {
  readonly nodes: readonly SampleNode[]
  /** Orders that the ledger took in. */
  readonly orders: number
  /** Where all nodes stand, at a height after everything of this run. */
  readonly agreement: Agreement
}

/** Registers the province through the nodes of its organisations, and leaves the rest to the people at their consoles. */
export async function registerOnNetwork(
  { genesisBytes, keys, nodes }: FoundedNetwork,
  print: (line: string) => void,
): Promise<void> {
  await register({ desk: new NetworkDesk(clientsOf(nodes), keys), keys, genesisBytes, print })
}

/** Holds the next session through the nodes of several organisations, and has every receipt it left verified offline. */
export async function playOnNetwork(
  options: Options,
  { genesisBytes, keys, nodes, existed }: FoundedNetwork,
  print: (line: string) => void,
): Promise<NetworkRun> {
  const startedMs = performance.now()
  const clientOf = clientsOf(nodes)
  const client = clientOf(WITNESS)
  const before = await client.status()
  const desk = new NetworkDesk(clientOf, keys)
  const pace = () => networkPace(options.gateSeconds)(desk.roundMs)
  const report = await holdNext({ client, desk, keys, genesisBytes, pace, season: options.season, print })
  await hasReached(client, report.published.height)

  print('· 从监管机构的全节点取回本次全部回执的证明，交另一进程离线验证')
  const folder = `${options.dataDir}/receipts/${sessionOf(report.month)}`
  const { receipts } = await fetchProofs(client, before.receipts - 1, folder)
  const verdict = await verifyOffline(`${options.dataDir}/genesis.json`, folder)
  const last = receipts.at(-1)?.receipt.height ?? 0
  return {
    dataDir: options.dataDir,
    recovered: existed,
    report,
    before,
    after: await client.status(),
    transactions: receipts.filter(({ receipt }) => receipt.kind === 'act').length,
    verdict,
    nodes,
    orders: receipts.filter(({ receipt: { act, code } }) => code === 0 && isOrder(act)).length,
    agreement: await agreementAfter(nodes, last),
    seconds: Math.round(performance.now() - startedMs) / 1_000,
  }
}

const isOrder = (act: string): boolean => act === 'auction.order.submit' || act === 'auction.order.replace'

/** The node that is asked may be a block behind the one that answered last. */
async function hasReached(client: Client, height: number): Promise<void> {
  await seen(
    async () => ((await client.status()).height < height ? undefined : height),
    () => `${WITNESS} < ${height}`,
  )
}

/** Where the nodes stand once all of them have the header that states what the block of this height did. */
async function agreementAfter(nodes: readonly SampleNode[], height: number): Promise<Agreement> {
  let heights = ''
  const agreed = async (): Promise<Agreement | undefined> => {
    const agreement = await agreementOf(nodes.map(({ home }) => home))
    heights = nodes.map(({ org }, at) => `${org} ${agreement.heights[at]}`).join(', ')
    return agreement.height > height ? agreement : undefined
  }
  return seen(agreed, () => `${heights} ≤ ${height}`)
}

/** Looks again until there is something to see. @param where who is behind, for whoever has to hear of it in the end */
async function seen<T>(look: () => Promise<T | undefined>, where: () => string): Promise<T> {
  const endsMs = performance.now() + 60_000 * COMES_WITHIN_MINUTES
  while (performance.now() < endsMs) {
    const sight = await look()
    if (sight !== undefined) return sight
    await sleep(LOOK_AGAIN_MS)
  }
  const minutes = COMES_WITHIN_MINUTES
  throw new Trouble(
    `${minutes} 分钟后仍有节点落后：${where()}`,
    `after ${minutes} minutes a node is still behind: ${where()}`,
  )
}
