import { LOT_WH, TICK } from '../market-session.ts'
import type { Random } from './random.ts'

/** Makes one of the mistakes that an order can have in its first step. */
export function spoil(random: Random, prices: number[][], volumesWh: number[][]): void {
  const price = prices[0] as number[]
  const volume = volumesWh[0] as number[]
  const mistakes = [
    () => (price[0] = -5_000_000 - TICK),
    () => (price[0] = 48_144_000 + TICK),
    () => (price[0] = 1),
    () => (volume[0] = LOT_WH + 1),
    () => (volume[0] = 0),
    () => (volume[0] = 13 * LOT_WH),
    () => prices.push([...price]) && volumesWh.push([...volume]),
  ]
  random.pick(mistakes)()
}
