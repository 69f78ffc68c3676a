import { randomInt } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, Status } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { auditExport, exportChain } from '@dujiang/node/export'
import { type SeededRandom, seededRandom } from '@dujiang/node/seams'
import { type Acknowledged, AcknowledgedFile, readAcknowledged } from './acknowledged.ts'
import { Bidder, type Bidding, LATE_EVERY, clientOf } from './bidding.ts'
import { type Chain, executeAgain } from './chain.ts'
import { type Sitting, genesisAt, prepare, sellers } from './field.ts'
import { judge } from './judge.ts'
import { type Cache, NodeHost } from './node-host.ts'

export interface KillOptions {
  readonly seed: number
  readonly kills: number
  readonly cache?: Cache
}

export interface KillReport {
  readonly acknowledged: readonly Acknowledged[]
  readonly chain: Chain
  readonly sittings: readonly Sitting[]
  /** What {@link judge} found, and what the audit of the exported chain found. */
  readonly problems: readonly string[]
  /** Kills of a node that had not come to serve yet. */
  readonly whileStarting: number
  /** Kills while at least one act was on its way. */
  readonly underLoad: number
  /** Answers that were the first receipt of an act sent again. */
  readonly repeated: number
}

const LOOK_AGAIN_MS = 10
const PATIENCE_MS = 60_000
/** One life in so many ends on its way up, where it recovers what the one before left. */
const STARTING_EVERY = 4
/** The way up in steps, each of which has its turn to be the last. */
const STEP_MS = 50
const STEPS = 6
const SERVING_MS = 15
const ACKNOWLEDGED_MAX = 30

/** A seed nobody chose, unless `DUJIANG_SEED` says which to repeat. */
export const killSeed = (): number => Number(process.env['DUJIANG_SEED'] ?? randomInt(2 ** 31))

/**
 * A real node under load on this machine's disk, killed again and again; then the file of acknowledgements is held
 * against the chain as a stranger finds it. The moments come from the seed; what they hit is the machine's.
 */
export async function runKills({ seed, kills, cache }: KillOptions): Promise<KillReport> {
  const random = seededRandom(seed)
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-kill-'))
  const host = new NodeHost(dir, cache, kills + 1)
  try {
    const genesisBytes = genesisAt(Date.now())
    await writeFile(join(dir, 'genesis.json'), genesisBytes)
    await host.start()
    const client = clientOf(host)
    const sent = new Set<string>()
    const sittings = await prepare(client, (id) => sent.add(id))
    const file = await AcknowledgedFile.create(join(dir, 'acknowledged.ndjson'))
    const bidding: Bidding = { host, sittings, file, sent, repeated: 0, inFlight: 0, ended: false }
    const bids = Promise.all(sellers.map((seller) => new Bidder(bidding, seller, childOf(random)).run()))
    const killed = await killAgainAndAgain(host, bidding, bids, random, kills)
    await Promise.race([untilLate(bidding), bids])
    bidding.ended = true
    await bids
    await file.close()
    const status = await quiet(client)
    await host.stop()

    const exportDir = join(dir, 'export')
    await exportChain({ app: dujiangMarket(), crypto: nodeCrypto, dataDir: join(dir, 'node'), outDir: exportDir })
    const chain = await executeAgain(exportDir)
    const acknowledged = await readAcknowledged(join(dir, 'acknowledged.ndjson'))
    const problems = [
      ...judge(acknowledged, chain, sent),
      ...twinProblems(chain, status),
      ...(await auditProblems(exportDir, genesisBytes)),
    ]
    return { acknowledged, chain, sittings, problems, ...killed, repeated: bidding.repeated }
  } finally {
    await host.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function killAgainAndAgain(
  host: NodeHost,
  bidding: Bidding,
  bids: Promise<unknown>,
  random: SeededRandom,
  kills: number,
): Promise<Pick<KillReport, 'whileStarting' | 'underLoad'>> {
  let whileStarting = 0
  let underLoad = 0
  for (let kill = 0; kill < kills; kill++) {
    if (kill % STARTING_EVERY === STARTING_EVERY - 1) {
      const step = Math.floor(kill / STARTING_EVERY) % STEPS
      await sleep(step * STEP_MS + random.below(STEP_MS))
    } else {
      const enough = bidding.file.reached(bidding.file.count + random.below(ACKNOWLEDGED_MAX))
      // Bidding goes on for as long as it is asked to: its end here is its failure.
      await Promise.race([enough, bids])
      await sleep(random.below(SERVING_MS))
    }
    if (!host.isReady) whileStarting += 1
    else if (bidding.inFlight > 0) underLoad += 1
    await host.kill()
    await host.start()
  }
  return { whileStarting, underLoad }
}

/** A gate has closed and somebody has bid after it: of so many acts at least one is some seller's late one. */
async function untilLate({ sittings, file }: Bidding): Promise<void> {
  await sleep(Math.max(0, (sittings[0] as Sitting).gateMs - Date.now()))
  await file.reached(file.count + sellers.length * (LATE_EVERY + 1))
}

/** Nothing is on its way any more and every receipt is provable. */
async function quiet(client: Client): Promise<Status> {
  for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs; await sleep(LOOK_AGAIN_MS)) {
    const status = await client.status()
    if (status.failure !== undefined) throw new Error(`the node has stopped: ${status.failure}`)
    if (status.pending === 0 && status.provable === status.receipts) return status
  }
  throw new Error(`the node is not quiet after ${PATIENCE_MS} ms`)
}

function twinProblems({ receipts, appHashes }: Chain, status: Status): readonly string[] {
  const height = appHashes.length - 1
  const same = height === status.height && receipts.length === status.receipts && appHashes.at(-1) === status.appHash
  return same ? [] : [`the twin stands at ${height} with ${receipts.length} receipts, not as ${JSON.stringify(status)}`]
}

async function auditProblems(dir: string, genesisBytes: Uint8Array): Promise<readonly string[]> {
  const report = await auditExport({ app: dujiangMarket(), crypto: nodeCrypto, genesisBytes, dir, threads: 0 })
  return report.firstBad === undefined ? [] : [`audit: ${JSON.stringify(report.firstBad)}`]
}

const childOf = (random: SeededRandom): SeededRandom => seededRandom(random.below(2 ** 32))
