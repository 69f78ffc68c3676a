import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchGenesis, biddersOf, foundingActs } from './crew.ts'
import type { Figure } from './figure.ts'
import { Lane } from './lane.ts'
import { OrderBook } from './orders.ts'
import { LineProcess } from './processes.ts'

/** As many as one call may bring. */
const ROWS = 10_000
const OPENS_IN_MS = 120_000

interface Usage {
  readonly cpuUs: number
  readonly rssBytes: number
  readonly rssMaxBytes: number
  readonly height: number
}

/** Calls of ten thousand signed acts: the units of as many bidders, then an order of each over 24 periods. */
export async function bulkBar(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-bench-'))
  const genesisFile = join(dir, 'genesis.json')
  await writeFile(genesisFile, benchGenesis(Date.now() - 1_000))
  const node = new LineProcess('./node-process.ts', [genesisFile, join(dir, 'data'), 'none'])
  try {
    const { url, chain } = await node.json<{ readonly url: string; readonly chain: string }>()
    const bidders = biddersOf('sm2', ROWS)
    const opensMs = Date.now() + OPENS_IN_MS
    const lane = new Lane(url)
    const [people = [], units = [], ...rest] = foundingActs(chain, bidders, opensMs)
    await lane.send(people)
    const before = await usageOf(node)
    const registered = await timed(() => lane.send(units))
    for (const batch of rest) await lane.send(batch)
    const orders = bidders.map((bidder) => new OrderBook(chain, bidder, Date.now()).next())
    await new Promise((done) => setTimeout(done, Math.max(0, opensMs - Date.now()) + 10))
    const idle = await usageOf(node)
    const placed = await timed(() => lane.send(orders))
    const busy = await usageOf(node)
    // The same bytes again: each is answered with the receipt it had.
    const repeated = await timed(() => lane.send(orders))
    const after = await usageOf(node)
    lane.close()
    return [
      { bar: 'bulk.register', value: registered, unit: 's', note: `${ROWS} units in one call, SM2 of one key` },
      { bar: 'bulk.orders', value: placed, unit: 's', note: `${ROWS} orders of 24 periods in one call, SM2` },
      {
        bar: 'bulk.ordersCpu',
        value: (busy.cpuUs - idle.cpuUs) / 1e6,
        unit: 's',
        note: 'processor time of the node meanwhile, all threads',
      },
      { bar: 'bulk.again', value: repeated, unit: 's', note: 'the same bytes, each answered with its first receipt' },
      {
        bar: 'bulk.bytes',
        value: orders.reduce((sum, { length }) => sum + length, 0),
        unit: 'bytes',
        note: 'of the orders',
      },
      {
        bar: 'bulk.rssMax',
        value: after.rssMaxBytes / 1e6,
        unit: 'MB',
        limit: before.rssBytes / 1e6,
        note: 'of the node; the limit is what it had before',
      },
    ]
  } finally {
    await node.close()
    await rm(dir, { recursive: true })
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1_000
}

function usageOf(node: LineProcess): Promise<Usage> {
  node.say('')
  return node.json<Usage>()
}
