import type { Scheme } from '@dujiang/core/crypto'
import { type Figure, median, quantile } from '../figure.ts'
import { LedgerNetwork } from './ledger-network.ts'
import { saturate } from './orders-bar.ts'
import type { Programs } from './programs.ts'

export interface LatencyOptions {
  readonly scheme: Scheme
  readonly runs: number
  readonly seconds: number
}

const VALIDATORS = 4
/** A member's own system sends what it has: a few orders at once. */
const PER_REQUEST = 20

/**
 * How long an order takes from the moment it was to be sent until its client has the receipt, when four nodes get half of
 * what they could bear, at a steady pace.
 */
export async function latencyBar({ cometbft }: Programs, options: LatencyOptions): Promise<readonly Figure[]> {
  const { scheme, runs, seconds } = options
  const network = await LedgerNetwork.start({ cometbft, validators: VALIDATORS, scheme })
  try {
    const { load } = await saturate(network, scheme, VALIDATORS, seconds)
    const saturation = load.orders / load.seconds
    const perSecond = saturation / 2
    const latencies: (readonly number[])[] = []
    for (let turn = 0; turn < runs; turn++) {
      await network.sign(1, Math.ceil((perSecond * seconds) / network.units) + 1)
      const open = await network.load({ do: 'open', books: 1, perRequest: PER_REQUEST, seconds, perSecond })
      latencies.push(open.latenciesMs)
    }
    const over = (part: number): number => median(latencies.map((each) => quantile(each, part)))
    const bar = `latency.${scheme}`
    return [
      {
        bar: `${bar}.load`,
        value: perSecond,
        unit: 'orders/s',
        limit: saturation,
        note: 'half of what they could bear',
      },
      { bar: `${bar}.p50`, value: over(0.5), unit: 'ms', limit: 400, note: 'asked: at most 1' },
      { bar: `${bar}.p99`, value: over(0.99), unit: 'ms', limit: 700, note: 'asked: at most 1' },
    ]
  } finally {
    await network.remove()
  }
}
