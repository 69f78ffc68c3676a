import type { Side } from '@dujiang/market'
import type { BookStep } from './period-book.ts'

/** A corner of a curve: up to this cumulative volume at this price. */
export type Corner = readonly [volumeWh: number, price: number]

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

/** The curve's corners; steps of one price are one line. */
export function cornersOf(curve: readonly CurvePiece[]): readonly Corner[] {
  const corners: Corner[] = []
  for (const [at, { fromWh, toWh, price }] of curve.entries()) {
    if (at > 0 && curve[at - 1]?.price === price) corners.pop()
    else corners.push([fromWh, price])
    corners.push([toWh, price])
  }
  return corners
}
