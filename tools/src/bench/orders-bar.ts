import { availableParallelism, tmpdir } from 'node:os'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scheme } from '@dujiang/core/crypto'
import { benchGenesis } from './crew.ts'
import { type Figure, median, quantile } from './figure.ts'
import { quietLimit, rawVerification } from './limit.ts'
import type { LoadPlan, LoadResult } from './load-process.ts'
import { LineProcess } from './processes.ts'

export interface OrdersOptions {
  readonly bar: string
  readonly scheme: Scheme
  readonly perRequest: 1 | 100
  /** One connection shows how long an order takes when nothing else goes on. */
  readonly lanes: number
  readonly rounds: number
  /** What the design asks of orders a second over the limit. */
  readonly ratioMin?: number
  /** Where the node's process leaves a profile of each of its threads when it ends. */
  readonly profileDir?: string
}

const LIMIT_SECONDS = 1.5
const WARM_ROUNDS = 6

/** Signed orders through HTTP to their receipts: node and load generator in processes of their own, on the same cores. */
export async function ordersBar(options: OrdersOptions): Promise<readonly Figure[]> {
  const { bar, scheme, ratioMin } = options
  const before = await rawVerification(scheme, LIMIT_SECONDS)
  const run = await loadRun(options)
  const after = await rawVerification(scheme, LIMIT_SECONDS)
  const limit = (before.perSecond + after.perSecond) / 2
  const verificationUs = (before.cpuUs + after.cpuUs) / 2
  const orderUs = (run.nodeCpuUs + run.cpuUs) / run.orders
  const quiet = quietLimit(scheme, limit)
  const asked = ratioMin === undefined ? '' : `asked: at least ${ratioMin}`
  const latency = (part: number): number => quantile(run.latenciesMs, part)
  const note = quiet.busy ?? 'all cores verifying and nothing else, before and after'
  const allCores = (us: number): number => (1_000_000 * availableParallelism()) / us
  return [
    { bar: `${bar}.verifications`, value: limit, unit: '/s', limit: quiet.limit, note },
    { bar: `${bar}.rate`, value: run.orders / run.seconds, unit: 'orders/s', limit, note: asked },
    {
      bar: `${bar}.rateByCpu`,
      value: allCores(orderUs),
      unit: 'orders/s',
      limit: allCores(verificationUs),
      note: 'by processor time of node and generator, had they the cores to themselves',
    },
    { bar: `${bar}.p50`, value: latency(0.5), unit: 'ms' },
    { bar: `${bar}.p99`, value: latency(0.99), unit: 'ms' },
    { bar: `${bar}.mainThread`, value: run.mainThreadUs / run.orders, unit: 'µs/order', note: 'with HTTP and disk' },
    { bar: `${bar}.generator`, value: run.cpuUs / run.orders, unit: 'µs/order' },
    { bar: `${bar}.block`, value: run.orders / run.blocks, unit: 'orders' },
    { bar: `${bar}.actBytes`, value: run.meanBytes, unit: 'bytes/order', note: 'as signed' },
    { bar: `${bar}.journalBytes`, value: run.journalBytes / run.orders, unit: 'bytes/order', note: 'on disk' },
  ]
}

interface Run extends LoadResult {
  readonly mainThreadUs: number
  /** All threads of the node. */
  readonly nodeCpuUs: number
  readonly blocks: number
  readonly journalBytes: number
}

interface Usage {
  readonly mainThreadUs: number
  readonly cpuUs: number
  readonly height: number
}

async function loadRun({ scheme, perRequest, lanes, rounds, profileDir }: OrdersOptions): Promise<Run> {
  const dir = await mkdtemp(join(tmpdir(), 'dujiang-bench-'))
  const dataDir = join(dir, 'data')
  const genesisFile = join(dir, 'genesis.json')
  await writeFile(genesisFile, benchGenesis(Date.now() - 1_000))
  const nodeOptions = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
  const node = new LineProcess('./node-process.ts', [genesisFile, dataDir, 'none'], nodeOptions)
  try {
    const { url, chain } = await node.json<Pick<LoadPlan, 'url' | 'chain'>>()
    const plan: LoadPlan = { url, chain, scheme, perRequest, lanes, warmRounds: WARM_ROUNDS, rounds }
    const load = new LineProcess('./load-process.ts', [JSON.stringify(plan)])
    await load.line()
    const bytesBefore = await bytesIn(join(dataDir, 'journal'))
    const before = await usageOf(node)
    load.say('go')
    const result = await load.json<LoadResult>()
    const after = await usageOf(node)
    const journalBytes = (await bytesIn(join(dataDir, 'journal'))) - bytesBefore
    await load.close()
    return {
      ...result,
      mainThreadUs: after.mainThreadUs - before.mainThreadUs,
      nodeCpuUs: after.cpuUs - before.cpuUs,
      blocks: after.height - before.height,
      journalBytes,
    }
  } finally {
    await node.close()
    await rm(dir, { recursive: true })
  }
}

function usageOf(node: LineProcess): Promise<Usage> {
  node.say('')
  return node.json<Usage>()
}

async function bytesIn(dir: string): Promise<number> {
  const sizes = (await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Runs several times and gives of each figure the median, since the machine is shared. */
export async function ordersBarRepeated(options: OrdersOptions, times: number): Promise<readonly Figure[]> {
  const runs: (readonly Figure[])[] = []
  for (let i = 0; i < times; i++) runs.push(await ordersBar(options))
  return (runs[0] ?? []).map((figure, at) => {
    const same = runs.map((run) => run[at] as Figure)
    const value = median(same.map((each) => each.value))
    if (figure.limit === undefined) return { ...figure, value }
    const ratio = median(same.map((each) => each.value / (each.limit as number)))
    return { ...figure, value, limit: value / ratio }
  })
}
