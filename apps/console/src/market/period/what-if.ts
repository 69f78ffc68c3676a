import { type Clearing, type Notice, clearBook } from '@dujiang/market'
import { type BookStep, bookOf } from './period-book.ts'

export interface Outcome {
  readonly price: number | undefined
  readonly volumeWh: number
  /** What the own steps get, all together. */
  readonly ownWh: number
}

/** The published book of a period cleared again, by the ledger's own code, with the own steps changed. Nothing else moves. */
export function clearedWith(
  notice: Notice,
  supply: readonly BookStep[],
  demand: readonly BookStep[],
  isOwn: (step: BookStep) => boolean,
): Outcome {
  const clearing: Clearing = clearBook(bookOf(notice, supply, demand))
  const own = (steps: readonly BookStep[], award: Float64Array): number =>
    steps.reduce((sum, step, at) => (isOwn(step) ? sum + (award[at] as number) : sum), 0)
  return {
    price: clearing.price ?? undefined,
    volumeWh: clearing.volume,
    ownWh: own(supply, clearing.supplyAward) + own(demand, clearing.demandAward),
  }
}
