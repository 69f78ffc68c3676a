import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { homePaths } from '@dujiang/node/network'
import { type Figure, median } from '../figure.ts'
import type { MempoolPlan, MempoolResult } from './mempool-load-process.ts'
import { startPairs, stopPairs } from './pairs.ts'
import { Part, script } from './part.ts'
import type { Programs } from './programs.ts'
import { spentDuring } from './window.ts'

export interface AdapterOptions {
  readonly validators: 1 | 4
  readonly runs: number
  readonly seconds: number
}

const TX_BYTES = 300
const WARM_SECONDS = 3
/** Bytes of result for a transaction: none, or a digest. */
const DATA_BYTES = 32

interface Run {
  readonly perSecond: number
  readonly blockMs: number
  readonly engineUs: number
  readonly appUs: number
  readonly appMainUs: number
  readonly loaderUs: number
}

/** Our server behind CometBFT beside CometBFT's own example behind the same socket, by turns, and the medians. */
export async function adapterBar({ cometbft, abciCli }: Programs, options: AdapterOptions): Promise<readonly Figure[]> {
  const counting = (bytes: number) => (home: string) =>
    script('counting-process.ts', [homePaths(home).socket, String(bytes)])
  const systems = {
    kvstore: (home: string) => [abciCli, 'kvstore', '--address', `unix://${homePaths(home).socket}`],
    empty: counting(0),
    data: counting(DATA_BYTES),
  }
  const runs = { kvstore: [] as Run[], empty: [] as Run[], data: [] as Run[] }
  const names = ['kvstore', 'empty', 'data'] as const
  for (let turn = 0; turn < options.runs; turn++) {
    for (const name of names) runs[name].push(await runOnce(cometbft, systems[name], options))
  }
  const bar = `adapter.${options.validators}`
  const rate = (name: (typeof names)[number]) => median(runs[name].map(({ perSecond }) => perSecond))
  // Neighbours in time are held against each other, not medians of different minutes.
  const ratio = (name: 'empty' | 'data') =>
    median(runs[name].map(({ perSecond }, turn) => perSecond / runs.kvstore[turn]!.perSecond))
  const beside = (name: 'empty' | 'data', asked: number): Figure => ({
    bar: `${bar}.${name}`,
    value: rate(name),
    unit: 'tx/s',
    limit: rate(name) / ratio(name),
    note: `kvstore in the same turns; asked: at least ${asked}`,
  })
  return [
    { bar: `${bar}.kvstore`, value: rate('kvstore'), unit: 'tx/s', note: `abci-cli, ${TX_BYTES}-byte transactions` },
    beside('empty', 1),
    beside('data', 0.9),
    ...(['empty', 'data'] as const).map((name) => ({
      bar: `${bar}.${name}.mainThread`,
      value: median(runs[name].map(({ appMainUs }) => appMainUs)) / options.validators,
      unit: 'µs/tx',
      limit: 10,
      note: 'of one node; asked: at most 1',
    })),
    ...names.flatMap((name) => [
      { bar: `${bar}.${name}.block`, value: median(runs[name].map(({ blockMs }) => blockMs)), unit: 'ms' },
      { bar: `${bar}.${name}.cometbft`, value: median(runs[name].map(({ engineUs }) => engineUs)), unit: 'µs/tx' },
      { bar: `${bar}.${name}.app`, value: median(runs[name].map(({ appUs }) => appUs)), unit: 'µs/tx' },
      { bar: `${bar}.${name}.loader`, value: median(runs[name].map(({ loaderUs }) => loaderUs)), unit: 'µs/tx' },
    ]),
  ]
}

async function runOnce(
  cometbft: string,
  app: (home: string) => readonly string[],
  { validators, seconds }: AdapterOptions,
): Promise<Run> {
  const dir = await mkdtemp(join(tmpdir(), 'djbench-'))
  const pairs = await startPairs({ dir, cometbft, validators, app })
  const plan: MempoolPlan = {
    rpcUrls: pairs.map(({ rpcUrl }) => rpcUrl),
    connections: Math.max(2, validators),
    inFlight: validators === 1 ? 15_000 : 8_000,
    txBytes: TX_BYTES,
  }
  const loader = new Part('loader', script('mempool-load-process.ts', [JSON.stringify(plan)]), join(dir, 'loader.log'))
  try {
    await loader.answer()
    await loader.ask({ seconds: WARM_SECONDS })
    const parts = [loader, ...pairs.flatMap(({ app: own, engine }) => [own, engine])]
    const { result, spent } = await spentDuring(parts, () => loader.ask<MempoolResult>({ seconds }))
    const perTx = (us: number | undefined) => (us ?? 0) / result.committed
    return {
      perSecond: result.committed / result.seconds,
      blockMs: result.blockMs,
      engineUs: perTx(spent.get('cometbft')?.cpuUs),
      appUs: perTx(spent.get('node')?.cpuUs),
      appMainUs: perTx(spent.get('node')?.mainThreadUs),
      loaderUs: perTx(spent.get('loader')?.cpuUs),
    }
  } finally {
    await loader.stop()
    await stopPairs(pairs)
    await rm(dir, { recursive: true })
  }
}
