import { type Book, type Notice, type Order, type Side, bookUnder } from '@dujiang/market'

/** One step of one order in a period. */
export interface BookStep {
  readonly order: string
  readonly unit: string
  readonly side: Side
  /** From 1. */
  readonly step: number
  readonly price: number
  readonly volumeWh: number
}

type Owned = Order & { readonly unit: string }

/** The steps of a period on one side, in order of place. */
export function stepsOf(orders: readonly Owned[], period: number, side: Side): readonly BookStep[] {
  return orders.flatMap((order) => {
    const at = order.side === side ? order.periods.indexOf(period) : -1
    if (at === -1) return []
    return order.volumesWh.flatMap((row, step): readonly BookStep[] => {
      const volumeWh = row[at] as number
      const price = order.prices[step]?.[at] as number
      return volumeWh === 0 ? [] : [{ order: order.id, unit: order.unit, side, step: step + 1, price, volumeWh }]
    })
  })
}

/** The book of a period, as the ledger clears it. */
export function bookOf(notice: Notice, supply: readonly BookStep[], demand: readonly BookStep[]): Book {
  return bookUnder(notice, {
    supplyPrice: Float64Array.from(supply, ({ price }) => price),
    supplyQty: Float64Array.from(supply, ({ volumeWh }) => volumeWh),
    demandPrice: Float64Array.from(demand, ({ price }) => price),
    demandQty: Float64Array.from(demand, ({ volumeWh }) => volumeWh),
  })
}
