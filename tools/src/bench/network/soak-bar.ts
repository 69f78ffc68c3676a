import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '../figure.ts'
import { LedgerNetwork } from './ledger-network.ts'
import type { NodeAnswer } from './node-process.ts'
import { Part, script } from './part.ts'
import type { Programs } from './programs.ts'

const VALIDATORS = 4
const SCHEME = 'ed25519'
const PER_REQUEST = 20
/** Before the minutes, in the soak's own form: long enough that a fast moment of the machine does not set the load. */
const SATURATION = { warmSeconds: 15, seconds: 90 }
/** Minutes that do not count: compiled code, caches and buffers take their size. */
const WARM_PART = 1 / 3
/** Of the minutes: when the lifetime of the first orders is over, and long before those that count begin. */
const LOOK_PART = 1 / 6
/** Before the end, while the load is still the same. */
const LAST_SECONDS = 10
/** Of an order, as of one that a person signs: what has expired is forgotten. */
const LIFETIME_MS = 4 * 60_000
/** Heights: the first one makes the heap larger for good, so several must fall into the time, and the first before the first look. */
const SNAPSHOT_EVERY = 250

interface Sample {
  readonly minute: number
  /** Of the largest process of each kind. */
  readonly node: number
  readonly cometbft: number
}

/** Half the load that four nodes could bear, for a long time: does anything grow, fail or disagree? */
export async function soakBar({ cometbft }: Programs, minutes: number): Promise<readonly Figure[]> {
  const network = await LedgerNetwork.start({
    cometbft,
    validators: VALIDATORS,
    scheme: SCHEME,
    lifetimeMs: LIFETIME_MS,
    snapshotEvery: SNAPSHOT_EVERY,
    collects: true,
  })
  try {
    const full = await network.load({ do: 'closed', books: 1, perRequest: PER_REQUEST, ...SATURATION })
    const perSecond = full.orders / full.seconds / 2
    const samples: Sample[] = []
    const startedAt = performance.now()
    const sampling = setInterval(() => {
      const residentOf = (kind: string): number =>
        Math.max(...network.parts.filter((part) => part.kind === kind).map((part) => part.used().residentBytes))
      const minute = (performance.now() - startedAt) / 60_000
      samples.push({ minute, node: residentOf('node'), cometbft: residentOf('cometbft') })
    }, 5_000)
    const used = async (): Promise<number> =>
      Math.max(...(await network.stands()).map(({ usedBytes }) => usedBytes)) / 2 ** 20
    // A collection on demand makes a process larger by tens of megabytes for good: none falls into the minutes that count.
    const looks = async (): Promise<readonly [first: number, last: number]> => {
      await delay(60_000 * minutes * LOOK_PART)
      const first = await used()
      await delay(60_000 * minutes * (1 - LOOK_PART) - 1_000 * LAST_SECONDS)
      clearInterval(sampling)
      return [first, await used()]
    }
    const [result, [usedFirst, usedLast]] = await Promise.all([
      network.ask({ do: 'open', books: 1, perRequest: PER_REQUEST, seconds: 60 * minutes, perSecond }),
      looks(),
    ])
    const end = await network.agreed()
    const homes = network.pairs.map(({ home }) => home)
    await network.stop()
    const replayed = await Promise.all(homes.map(replayedHash))
    const warm = samples.filter(({ minute }) => minute > WARM_PART * minutes)
    const perMinute = (kind: 'node' | 'cometbft'): number =>
      slope(warm.map((sample) => [sample.minute, sample[kind] / 2 ** 20]))
    return [
      {
        bar: 'soak.load',
        value: result.orders / result.seconds,
        unit: 'orders/s',
        limit: 2 * perSecond,
        note: `${minutes} minutes`,
      },
      { bar: 'soak.resent', value: result.resent, unit: 'requests', note: 'a node would take nothing just then' },
      { bar: 'soak.errors', value: result.errors, unit: 'requests', note: result.firstError ?? 'asked: none' },
      { bar: 'soak.node.growth', value: perMinute('node'), unit: 'MiB/min', limit: 1, note: 'resident, after warm-up' },
      {
        bar: 'soak.node.used',
        value: (usedLast - usedFirst) / (minutes * (1 - LOOK_PART)),
        unit: 'MiB/min',
        limit: 1,
        note: `heap and buffers without garbage: ${usedFirst.toFixed(0)} MiB after ${(minutes * LOOK_PART).toFixed(0)} minutes, ${usedLast.toFixed(0)} in the end`,
      },
      { bar: 'soak.cometbft.growth', value: perMinute('cometbft'), unit: 'MiB/min', limit: 1, note: 'the same' },
      { bar: 'soak.node.size', value: (samples.at(-1)?.node ?? 0) / 2 ** 20, unit: 'MiB', note: 'at the end' },
      {
        bar: 'soak.replayed',
        value: replayed.filter((hash) => hash === end.appHash).length,
        unit: 'nodes',
        limit: VALIDATORS,
        note: 'whose journal leads from the genesis file to the state that all agree on',
      },
    ]
  } finally {
    await network.remove()
  }
}

/** The state that a home's journal leads to, executed again by a process of its own. */
async function replayedHash(home: string): Promise<string> {
  const node = new Part('node', script('node-process.ts', [home, '0']), `${home}/replay.log`)
  const { appHash } = await node.ask<NodeAnswer>({})
  await node.stop()
  return appHash
}

/** By least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(([at]) => at), mean(([, at]) => at)]
  const covariance = mean(([a, b]) => (a - x) * (b - y))
  return covariance / mean(([a]) => (a - x) ** 2)
}
