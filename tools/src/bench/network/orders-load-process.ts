import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Scheme } from '@dujiang/core/crypto'
import { type Bidder, biddersOf, foundingActs } from '../crew.ts'
import { Lane } from '../lane.ts'
import { BookOrders } from './book-orders.ts'
import { type Group, type LoadResult, closedLoop, openLoop } from './load.ts'

/** What the load on the doors is told. */
export interface OrdersPlan {
  /** A door of each node; the units are spread over them. */
  readonly urls: readonly string[]
  readonly chain: string
  readonly scheme: Scheme
  readonly units: number
  /** For each way to spread the units, over how many books. */
  readonly spreads: readonly number[]
  readonly lifetimeMs: number
  /** From the sending of the notice to the opening: time for the invitations. */
  readonly opensInMs: number
}

export type OrdersCommand =
  | { readonly do: 'sign'; readonly books: number; readonly rounds: number }
  | {
      readonly do: 'closed'
      readonly books: number
      readonly perRequest: number
      readonly warmSeconds: number
      readonly seconds: number
    }
  | {
      readonly do: 'open'
      readonly books: number
      readonly perRequest: number
      readonly seconds: number
      readonly perSecond: number
    }

/** Blocks' time is behind the clock: by so much nobody is too early. */
const BEHIND_MS = 3_000

// Signed orders through the doors of the nodes: `node orders-load-process.ts '<plan>'`. It founds the market, says so, and
// answers each command on its input.
const plan = JSON.parse(process.argv[2] ?? 'null') as OrdersPlan
const bidders = biddersOf(plan.scheme, plan.units)
await found()
const ordersOf = new Map(
  plan.spreads.map((books) => [
    books,
    bidders.map((bidder, at) => new BookOrders(plan.chain, bidder, bookName(books, at), plan.lifetimeMs)),
  ]),
)
const groupsOf = new Map<string, readonly Group[]>()
console.log(JSON.stringify({ ready: true }))

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await perform(JSON.parse(line) as OrdersCommand)))
}
for (const { lane } of [...groupsOf.values()].flat()) lane.close()

async function perform(command: OrdersCommand): Promise<LoadResult | { readonly signed: number }> {
  if (command.do === 'sign') {
    for (const orders of ordersOf.get(command.books)!) orders.sign(command.rounds)
    return { signed: command.rounds * plan.units }
  }
  const groups = groupsFor(command.books, command.perRequest)
  return command.do === 'closed'
    ? closedLoop(groups, command.warmSeconds, command.seconds)
    : openLoop(groups, command.perSecond, command.seconds)
}

function groupsFor(books: number, perRequest: number): readonly Group[] {
  const name = `${books} ${perRequest}`
  const known = groupsOf.get(name)
  if (known !== undefined) return known
  const orders = ordersOf.get(books)!
  const groups = Array.from({ length: plan.units / perRequest }, (_, at) => ({
    lane: new Lane(plan.urls[at % plan.urls.length] as string),
    orders: orders.slice(at * perRequest, (at + 1) * perRequest),
  }))
  groupsOf.set(name, groups)
  return groups
}

/** Everything that must be on record before anyone can bid. */
async function found(): Promise<void> {
  const sessions = new Map<string, Bidder[]>()
  for (const books of plan.spreads) {
    for (const [at, bidder] of bidders.entries()) {
      const name = bookName(books, at)
      const invited = sessions.get(name) ?? []
      invited.push(bidder)
      sessions.set(name, invited)
    }
  }
  const lane = new Lane(plan.urls[0] as string)
  const opensMs = Date.now() + plan.opensInMs
  for (const batch of foundingActs(plan.chain, bidders, opensMs, sessions)) await lane.send(batch)
  lane.close()
  await delay(Math.max(0, opensMs - Date.now()) + BEHIND_MS)
}

function bookName(books: number, unit: number): string {
  return `B${books}.${unit % books}`
}
