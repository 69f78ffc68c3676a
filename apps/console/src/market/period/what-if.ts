import { type EnergyUnit, parseEnergy, parsePrice } from '@dujiang/core/units'
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

/** A step as typed, undefined where the notice or its unit's limit does not allow it. */
export interface TypedStep {
  readonly price: number | undefined
  readonly volumeWh: number | undefined
}

type Terms = Pick<Notice, 'priceFloor' | 'priceCap' | 'tick' | 'lotWh'>

/** Own steps of one period as typed. `limitWhOf` says what a unit may bid in it, as far as it is known. */
export function readSteps(
  own: readonly BookStep[],
  texts: readonly (readonly string[])[],
  { priceFloor, priceCap, tick, lotWh }: Terms,
  energy: EnergyUnit,
  limitWhOf: (unit: string) => number | undefined,
): readonly TypedStep[] {
  const read = texts.map(([price = '', volume = '']): TypedStep => {
    const p = parsePrice(price, '元/MWh', { negative: true })
    const v = volume === '' ? { ok: true as const, value: 0 } : parseEnergy(volume, energy)
    const isPrice = p.ok && p.value >= priceFloor && p.value <= priceCap && p.value % tick === 0
    return { price: isPrice ? p.value : undefined, volumeWh: v.ok && v.value % lotWh === 0 ? v.value : undefined }
  })
  const usedWh = new Map<string, number>()
  for (const [at, { unit }] of own.entries()) usedWh.set(unit, (usedWh.get(unit) ?? 0) + (read[at]?.volumeWh ?? 0))
  return read.map((step, at) => {
    const unit = own[at]?.unit ?? ''
    const isOver = (usedWh.get(unit) ?? 0) > (limitWhOf(unit) ?? Number.POSITIVE_INFINITY)
    return isOver ? { ...step, volumeWh: undefined } : step
  })
}

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
