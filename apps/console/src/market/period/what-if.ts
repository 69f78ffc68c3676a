import { type Clearing, type Notice, clearBook } from '@dujiang/market'
import { type BookStep, bookOf } from './period-book.ts'

export interface Outcome {
  readonly price: number | undefined
  readonly volumeWh: number
  /** What the own steps get, all together. */
  readonly ownWh: number
}

/** A step and what a clearing gives it. */
export interface Awarded {
  readonly step: BookStep
  readonly awardWh: number
  /** Its place on its side of the book. */
  readonly at: number
}

/** The own steps with their awards, sellers first. */
export function ownAwards(
  { supplyAward, demandAward }: Clearing,
  supply: readonly BookStep[],
  demand: readonly BookStep[],
  isOwn: (step: BookStep) => boolean,
): readonly Awarded[] {
  const of = (steps: readonly BookStep[], awards: Float64Array): readonly Awarded[] =>
    steps.flatMap((step, at) => (isOwn(step) ? [{ step, at, awardWh: awards[at] as number }] : []))
  return [...of(supply, supplyAward), ...of(demand, demandAward)]
}

export const outcomeOf = ({ price, volume }: Clearing, own: readonly Awarded[]): Outcome => ({
  price: price ?? undefined,
  volumeWh: volume,
  ownWh: own.reduce((sum, { awardWh }) => sum + awardWh, 0),
})

/** The published book of a period cleared again, by the ledger's own code, with the own steps changed. Nothing else moves. */
export function clearedWith(
  notice: Notice,
  supply: readonly BookStep[],
  demand: readonly BookStep[],
  isOwn: (step: BookStep) => boolean,
): Outcome {
  const clearing = clearBook(bookOf(notice, supply, demand))
  return outcomeOf(clearing, ownAwards(clearing, supply, demand, isOwn))
}
