import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProjectionsStatus } from '@dujiang/node/projections'
import { postgresPrograms, testPostgres } from '@dujiang/testing/postgres'
import { benchGenesis } from './crew.ts'
import { type Figure, quantile } from './figure.ts'
import type { LoadPlan, LoadResult } from './load-process.ts'
import { LineProcess } from './processes.ts'
import { projectorSpeed } from './projector-speed.ts'

const LAG_MS_ASKED = 2_000
const LOOK_MS = 50
const load = { scheme: 'sm2', perRequest: 100, lanes: 8, warmRounds: 6 } as const
const ROUNDS = 20

/**
 * Lists beside the ledger: how fast receipts become rows, what the ledger loses by it at the load it can just bear, and how
 * far lists are behind at half of that.
 */
export async function projectionsBar(): Promise<readonly Figure[]> {
  const bin = postgresPrograms()
  const server = bin === undefined ? undefined : await testPostgres(bin)
  try {
    const places = [
      { name: 'pglite', where: '' },
      ...(server === undefined ? [] : [{ name: 'postgres', where: server.url }]),
    ]
    const figures: Figure[] = []
    let lite: number | undefined
    for (const { name, where } of places) {
      const { perSecond, cpuUs } = await projectorSpeed(where)
      const against = lite === undefined ? {} : { limit: lite, note: 'asked: at least that of PGlite' }
      lite ??= perSecond
      figures.push(
        { bar: `projections.${name}.rate`, value: perSecond, unit: 'receipts/s', ...against },
        { bar: `projections.${name}.cpu`, value: cpuUs, unit: 'µs/receipt', note: 'of the thread that writes' },
      )
    }
    const none = await underLoad('none')
    const alone = none.ordersPerSecond
    figures.push(
      { bar: 'projections.none.orders', value: alone, unit: 'orders/s', note: 'the ledger alone' },
      { bar: 'projections.none.mainThread', value: none.mainThreadUs, unit: 'µs/order' },
    )
    for (const { name, where } of places) {
      const full = await underLoad(where)
      const half = await underLoad(where, alone / 2)
      const note = 'the ledger alone, in the same run'
      figures.push(
        { bar: `projections.${name}.orders`, value: full.ordersPerSecond, unit: 'orders/s', limit: alone, note },
        {
          bar: `projections.${name}.mainThread`,
          value: full.mainThreadUs,
          unit: 'µs/order',
          limit: none.mainThreadUs,
          note,
        },
        { bar: `projections.${name}.fullLoadLag`, value: quantile(full.lags, 0.99), unit: 'receipts', note: 'p99' },
        { bar: `projections.${name}.halfLoadRate`, value: half.ordersPerSecond, unit: 'orders/s', limit: alone / 2 },
        {
          bar: `projections.${name}.halfLoadLag`,
          value: Math.max(...half.lagsMs),
          unit: 'ms',
          limit: LAG_MS_ASKED,
          note: 'the most that was seen; asked: below',
        },
      )
    }
    return figures
  } finally {
    await server?.close()
  }
}

interface Usage {
  readonly mainThreadUs: number
  readonly lists?: ProjectionsStatus
}

interface Seen {
  readonly ordersPerSecond: number
  readonly mainThreadUs: number
  /** Of what was seen while the load ran: receipts behind, and milliseconds. */
  readonly lags: readonly number[]
  readonly lagsMs: readonly number[]
}

async function underLoad(where: string, perSecond?: number): Promise<Seen> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-bench-'))
  const genesisFile = join(dir, 'genesis.json')
  await writeFile(genesisFile, benchGenesis(Date.now() - 1_000))
  const node = new LineProcess('./node-process.ts', [genesisFile, join(dir, 'data'), where])
  try {
    const { url, chain } = await node.json<Pick<LoadPlan, 'url' | 'chain'>>()
    const pace = perSecond === undefined ? {} : { perSecond }
    const generator = new LineProcess('./load-process.ts', [
      JSON.stringify({ ...load, ...pace, rounds: ROUNDS, url, chain }),
    ])
    await generator.line()
    await caughtUp(node)
    const before = await usageOf(node)
    generator.say('go')
    const running = generator.json<LoadResult>()
    const seen = await watch(node, running)
    const result = await running
    const after = await usageOf(node)
    await generator.close()
    return {
      ordersPerSecond: result.orders / result.seconds,
      mainThreadUs: (after.mainThreadUs - before.mainThreadUs) / result.orders,
      lags: seen.map(({ lag }) => lag),
      lagsMs: seen.map(({ lagMs }) => lagMs),
    }
  } finally {
    await node.close()
    await rm(dir, { recursive: true })
  }
}

async function watch(node: LineProcess, running: Promise<unknown>): Promise<readonly ProjectionsStatus[]> {
  const seen: ProjectionsStatus[] = []
  let over = false
  const end = running.finally(() => (over = true))
  while (!over) {
    const { lists } = await usageOf(node)
    if (lists !== undefined) seen.push(lists)
    await Promise.race([sleep(LOOK_MS), end])
  }
  return seen
}

async function caughtUp(node: LineProcess): Promise<void> {
  for (;;) {
    const { lists } = await usageOf(node)
    if (lists === undefined || lists.lag === 0) return
    await sleep(LOOK_MS)
  }
}

function usageOf(node: LineProcess): Promise<Usage> {
  node.say('')
  return node.json<Usage>()
}
