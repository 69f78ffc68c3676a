import type { Order, Side } from '@dujiang/market'
import type { Offered } from './draft.ts'

interface Step {
  readonly price: number
  volumeWh: number
}

/** Several orders of a unit as one ladder: steps of one price are one step, in the order in which the side's prices go. */
export function mergedOrder(orders: readonly Order[], side: Side): Offered | undefined {
  const byPeriod = new Map<number, Map<number, Step>>()
  for (const order of orders) {
    if (order.side !== side) continue
    for (const [column, period] of order.periods.entries()) {
      const steps = byPeriod.get(period) ?? new Map<number, Step>()
      byPeriod.set(period, steps)
      for (const [row, volumes] of order.volumesWh.entries())
        addStep(steps, order.prices[row]?.[column], volumes[column])
    }
  }
  const columns = [...byPeriod]
    .filter(([, steps]) => steps.size > 0)
    .sort(([a], [b]) => a - b)
    .map(([period, steps]) => ({ period, steps: [...steps.values()].sort((a, b) => inOrder(side, a, b)) }))
  if (columns.length === 0) return undefined
  const rows = Math.max(...columns.map(({ steps }) => steps.length))
  const by = (pick: (step: Step) => number): number[][] =>
    Array.from({ length: rows }, (_, row) =>
      columns.map(({ steps }) => (steps[row] === undefined ? 0 : pick(steps[row]))),
    )
  return {
    periods: columns.map(({ period }) => period),
    prices: by(({ price }) => price),
    volumesWh: by(({ volumeWh }) => volumeWh),
  }
}

function addStep(steps: Map<number, Step>, price = 0, volumeWh = 0): void {
  if (volumeWh === 0) return
  const step = steps.get(price)
  if (step === undefined) steps.set(price, { price, volumeWh })
  else step.volumeWh += volumeWh
}

const inOrder = (side: Side, a: Step, b: Step): number => (side === 'sell' ? a.price - b.price : b.price - a.price)
