import type { Side } from '@dujiang/market'
import type { BookStep } from './period-book.ts'

/** From this cumulative volume on, this price. */
export type Level = readonly [volumeWh: number, price: number]

export interface CurvePiece extends BookStep {
  readonly fromWh: number
  readonly toWh: number
}

/** The steps of a side one behind the other, the best price first, equal prices by place. */
export function curveOf(steps: readonly BookStep[], side: Side): readonly CurvePiece[] {
  const rising = side === 'sell' ? 1 : -1
  // The sort is stable: steps come in order of place.
  const sorted = [...steps].sort((a, b) => (a.price - b.price) * rising)
  let reached = 0
  return sorted.map((step) => {
    const fromWh = reached
    reached += step.volumeWh
    return { ...step, fromWh, toWh: reached }
  })
}

/** Where each level of the curve begins, and at last where it ends; steps of one price are one level. */
export function levelsOf(curve: readonly CurvePiece[]): readonly Level[] {
  const begins = curve.filter(({ price }, at) => price !== curve[at - 1]?.price)
  const last = curve.at(-1)
  const end: readonly Level[] = last === undefined ? [] : [[last.toWh, last.price]]
  return [...begins.map(({ fromWh, price }): Level => [fromWh, price]), ...end]
}
