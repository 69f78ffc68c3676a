import type { Scheme } from '@dujiang/core/crypto'
import { type Figure, median, quantile } from '../figure.ts'
import { rawVerification } from '../limit.ts'
import { LedgerNetwork, type NetworkOptions, inFlight } from './ledger-network.ts'
import type { LoadResult } from './load.ts'
import type { Kind } from './part.ts'
import type { Programs } from './programs.ts'
import { type Spent, spentDuring } from './window.ts'

export interface OrdersOptions extends Omit<NetworkOptions, 'cometbft'> {
  readonly runs: number
  readonly seconds: number
  /** Of the rate at which the machine does nothing but verify, divided among the nodes. */
  readonly ratioMin: number
}

const LIMIT_SECONDS = 1.5
const WARM_SECONDS = 4
const PER_REQUEST = 100

interface Run {
  readonly load: LoadResult
  readonly spent: ReadonlyMap<Kind, Spent>
  readonly blocks: number
  /** Signatures a second, measured before and after. */
  readonly limit: number
  readonly verificationUs: number
}

/**
 * Signed orders of 24 periods through the doors of all nodes to their receipts, beside what the machine could verify if it
 * did nothing else: every node verifies every order, so that `validators` nodes in one machine share that.
 */
export async function ordersBar({ cometbft }: Programs, options: OrdersOptions): Promise<readonly Figure[]> {
  const { validators, scheme } = options
  const network = await LedgerNetwork.start({ ...options, cometbft })
  try {
    const runs: Run[] = []
    for (let turn = 0; turn < options.runs; turn++) {
      runs.push(await saturate(network, scheme, validators, options.seconds))
    }
    await network.agreed()
    return figures(runs, options)
  } finally {
    await network.remove()
  }
}

/** One window under full load, with the limit before and after it. */
export async function saturate(
  network: LedgerNetwork,
  scheme: Scheme,
  validators: 1 | 4,
  seconds: number,
  books = 1,
): Promise<Run> {
  await network.sign(books, signedRounds(scheme, validators, WARM_SECONDS + seconds))
  const before = await rawVerification(scheme, LIMIT_SECONDS)
  const [from] = await network.stands()
  const { result, spent } = await spentDuring(network.parts, () =>
    network.load({ do: 'closed', books, perRequest: PER_REQUEST, warmSeconds: WARM_SECONDS, seconds }),
  )
  const [to] = await network.stands()
  const after = await rawVerification(scheme, LIMIT_SECONDS)
  return {
    load: result,
    spent,
    blocks: to!.height - from!.height,
    limit: (before.perSecond + after.perSecond) / 2,
    verificationUs: (before.cpuUs + after.cpuUs) / 2,
  }
}

function figures(runs: readonly Run[], { validators, scheme, ratioMin }: OrdersOptions): readonly Figure[] {
  const bar = `orders.${validators}.${scheme}`
  const over = (of: (run: Run) => number): number => median(runs.map(of))
  const rate = ({ load }: Run): number => load.orders / load.seconds
  const each = (run: Run, kind: Kind, what: keyof Spent): number =>
    (run.spent.get(kind)?.[what] ?? 0) / run.load.ordersInAll
  const share = (run: Run): number => (validators * rate(run)) / run.limit
  const cpuUs = (run: Run): number =>
    (['node', 'cometbft', 'loader'] as const).reduce((us, kind) => us + each(run, kind, 'cpuUs'), 0)
  const latency = (part: number) => over(({ load }) => quantile(load.latenciesMs, part))
  return [
    {
      bar: `${bar}.verifications`,
      value: over(({ limit }) => limit),
      unit: '/s',
      note: 'all cores verifying and nothing else',
    },
    {
      bar: `${bar}.rate`,
      value: over(rate),
      unit: 'orders/s',
      limit: over(rate) / over(share),
      note: `verifications over ${validators} nodes; asked: at least ${ratioMin}`,
    },
    {
      bar: `${bar}.rateByCpu`,
      value: over((run) => 1e6 / cpuUs(run)),
      unit: 'orders/s',
      limit: over((run) => 1e6 / (validators * run.verificationUs)),
      note: 'of one core, by processor time: steadier on a shared machine',
    },
    {
      bar: `${bar}.node`,
      value: over((run) => each(run, 'node', 'cpuUs')),
      unit: 'µs/order',
      note: `${validators} nodes together`,
    },
    {
      bar: `${bar}.mainThread`,
      value: over((run) => each(run, 'node', 'mainThreadUs')) / validators,
      unit: 'µs/order',
      note: `of each node; a microsecond here costs ${validators} on this machine`,
    },
    {
      bar: `${bar}.cometbft`,
      value: over((run) => each(run, 'cometbft', 'cpuUs')),
      unit: 'µs/order',
      note: `${validators} together`,
    },
    { bar: `${bar}.loader`, value: over((run) => each(run, 'loader', 'cpuUs')), unit: 'µs/order' },
    { bar: `${bar}.block`, value: over(({ load, blocks }) => load.ordersInAll / blocks), unit: 'orders' },
    {
      bar: `${bar}.p50`,
      value: latency(0.5),
      unit: 'ms',
      note: `with ${inFlight(validators)} orders always on their way`,
    },
    { bar: `${bar}.p99`, value: latency(0.99), unit: 'ms' },
    {
      bar: `${bar}.resent`,
      value: over(({ load }) => load.resent),
      unit: 'requests',
      note: 'a node would take nothing just then',
    },
  ]
}

/** More than the machine could take in, so that nothing is signed while it is measured. */
function signedRounds(scheme: Scheme, validators: 1 | 4, seconds: number): number {
  const perSecondMax = { ed25519: 12_000, sm2: 5_000 }[scheme] / validators
  return Math.ceil((perSecondMax * seconds) / inFlight(validators)) + 1
}
