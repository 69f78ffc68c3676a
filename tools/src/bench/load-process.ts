import { once } from 'node:events'
import type { Scheme } from '@dujiang/core/crypto'
import { type Bidder, UNITS, biddersOf, foundingActs } from './crew.ts'
import { Lane } from './lane.ts'
import { signRounds } from './orders.ts'

/** What the load generator is told. */
export interface LoadPlan {
  readonly url: string
  readonly chain: string
  readonly scheme: Scheme
  /** Orders a request. */
  readonly perRequest: number
  /** Connections, each with units of its own: a unit's order goes out when the one it replaces has its receipt. */
  readonly lanes: number
  /** Orders of each unit before the clock starts, and while it runs. */
  readonly warmRounds: number
  readonly rounds: number
  /** Orders a second at most; as many as there are receipts for unless told. */
  readonly perSecond?: number
}

export interface LoadResult {
  readonly orders: number
  readonly seconds: number
  /** Processor time of the generator itself. */
  readonly cpuUs: number
  readonly meanBytes: number
  /** From the first byte sent to the last receipt of the request, each request, ms. */
  readonly latenciesMs: readonly number[]
}

const OPENS_IN_MS = 8_000

// The load generator, a process of its own. `node load-process.ts '<LoadPlan as JSON>'`. It says "ready" when its orders
// are signed and the node is warm, starts at a line on its input, and says what it saw.
if (import.meta.main) {
  const plan = JSON.parse(process.argv[2] ?? 'null') as LoadPlan
  const bidders = biddersOf(plan.scheme)
  await found(plan, bidders)
  const rounds = signRounds(plan.chain, bidders, plan.warmRounds + plan.rounds, Date.now())
  const lanes = Array.from({ length: plan.lanes }, () => new Lane(plan.url))
  await run({ perRequest: plan.perRequest }, lanes, rounds.slice(0, plan.warmRounds))
  console.log('ready')
  await once(process.stdin, 'data')
  const result = await run(plan, lanes, rounds.slice(plan.warmRounds))
  console.log(JSON.stringify(result))
  for (const lane of lanes) lane.close()
  process.stdin.destroy()
}

async function found({ url, chain }: LoadPlan, bidders: readonly Bidder[]): Promise<void> {
  const opensMs = Date.now() + OPENS_IN_MS
  const lane = new Lane(url)
  for (const batch of foundingActs(chain, bidders, opensMs)) await lane.send(batch)
  lane.close()
  await new Promise((done) => setTimeout(done, Math.max(0, opensMs - Date.now()) + 10))
}

async function run(
  { perRequest, perSecond = Number.POSITIVE_INFINITY }: Pick<LoadPlan, 'perRequest' | 'perSecond'>,
  lanes: readonly Lane[],
  rounds: readonly (readonly Uint8Array[])[],
): Promise<LoadResult> {
  const latenciesMs: number[] = []
  const perLane = UNITS / lanes.length
  if (!Number.isInteger(perLane) || perLane % perRequest !== 0) throw new Error('the units do not fill the requests')
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  await Promise.all(
    lanes.map(async (lane, at) => {
      let sent = 0
      for (const round of rounds) {
        for (let from = at * perLane; from < (at + 1) * perLane; from += perRequest) {
          await until(startedAt + ((sent++ * lanes.length + at) * perRequest * 1_000) / perSecond)
          const sentAt = performance.now()
          await lane.send(round.slice(from, from + perRequest))
          latenciesMs.push(performance.now() - sentAt)
        }
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1_000
  const { user, system } = process.cpuUsage(cpuBefore)
  const orders = rounds.flat()
  const meanBytes = orders.reduce((sum, { length }) => sum + length, 0) / orders.length
  return { orders: orders.length, seconds, cpuUs: user + system, meanBytes, latenciesMs }
}

async function until(ms: number): Promise<void> {
  const leftMs = ms - performance.now()
  if (leftMs > 0) await new Promise((done) => setTimeout(done, leftMs))
}
