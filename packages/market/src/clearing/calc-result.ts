import { formatDecimal } from '@dujiang/core/units'
import type { Clearing, MarginalTier } from './book.ts'
import type { CalcReading } from './calc-read.ts'
import type { Side } from './calc-side.ts'
import { PRICE_SCALE, QTY_SCALE } from './calc-values.ts'

export type Verdict = 'in_full' | 'cut_at_margin' | 'out_of_the_money'

/** What became of one step. `share` is accepted/declared, given where the margin cut it. */
export interface StepVerdict {
  readonly verdict: Verdict
  readonly accepted: string
  readonly share?: string
}

export interface MarginalTierText {
  readonly price: string
  /** Declared at better prices, all accepted. */
  readonly before: string
  readonly declared: string
  readonly awarded: string
}

type ById<T> = Readonly<Record<string, T>>

/** The result file: prices in 元/MWh and quantities in MWh as decimal text without trailing zeros. */
export interface CalcResult {
  readonly volume: string
  readonly price: string | null
  readonly pair: { readonly supply: string; readonly demand: string } | null
  readonly interval: { readonly low: string | null; readonly high: string | null }
  readonly outside_interval: boolean
  readonly marginal: { readonly supply: MarginalTierText | null; readonly demand: MarginalTierText | null }
  readonly accepted_supply: ById<string>
  readonly accepted_demand: ById<string>
  /** Per order one verdict for each of its steps. */
  readonly verdicts: { readonly supply: ById<readonly StepVerdict[]>; readonly demand: ById<readonly StepVerdict[]> }
  readonly normalised: number
  readonly ignored: readonly string[]
}

export function resultOf(reading: CalcReading, clearing: Clearing): CalcResult {
  const { supply, demand, normalised, ignored } = reading
  const { lastPair, interval, supplyTier, demandTier, supplyAward, demandAward } = clearing
  return {
    volume: qtyText(clearing.volume),
    price: priceOrNull(clearing.price),
    pair: lastPair && { supply: priceText(lastPair.supply), demand: priceText(lastPair.demand) },
    interval: { low: priceOrNull(interval.low), high: priceOrNull(interval.high) },
    outside_interval: clearing.outsideInterval,
    marginal: { supply: tierText(supplyTier), demand: tierText(demandTier) },
    accepted_supply: byId(supply, (first, end) => qtyText(sum(supplyAward, first, end))),
    accepted_demand: byId(demand, (first, end) => qtyText(sum(demandAward, first, end))),
    verdicts: {
      supply: byId(supply, (first, end) => verdicts(supply, supplyAward, supplyTier, first, end)),
      demand: byId(demand, (first, end) => verdicts(demand, demandAward, demandTier, first, end)),
    },
    normalised,
    ignored,
  }
}

function byId<T>(side: Side, valueOf: (firstStep: number, endStep: number) => T): ById<T> {
  // Without a prototype: the id is free text, and `__proto__` must be a key like any other.
  const values: Record<string, T> = Object.create(null)
  for (let i = 0; i < side.ids.length; i++) {
    const end = side.firstStep[i + 1] ?? side.price.length
    values[side.ids[i] as string] = valueOf(side.firstStep[i] as number, end)
  }
  return values
}

function verdicts(
  side: Side,
  award: Float64Array,
  tier: MarginalTier | null,
  first: number,
  end: number,
): StepVerdict[] {
  const found: StepVerdict[] = []
  for (let step = first; step < end; step++) {
    const declared = side.qty[step] as number
    const accepted = award[step] as number
    const text = qtyText(accepted)
    if (accepted === declared) found.push({ verdict: 'in_full', accepted: text })
    else if (side.price[step] !== tier?.price) found.push({ verdict: 'out_of_the_money', accepted: text })
    else found.push({ verdict: 'cut_at_margin', accepted: text, share: `${text}/${qtyText(declared)}` })
  }
  return found
}

function sum(award: Float64Array, first: number, end: number): number {
  let total = 0
  for (let step = first; step < end; step++) total += award[step] as number
  return total
}

function tierText(tier: MarginalTier | null): MarginalTierText | null {
  if (tier === null) return null
  const { price, before, declared, awarded } = tier
  return { price: priceText(price), before: qtyText(before), declared: qtyText(declared), awarded: qtyText(awarded) }
}

function priceOrNull(price: number | null): string | null {
  return price === null ? null : priceText(price)
}

function priceText(price: number): string {
  return formatDecimal(price, PRICE_SCALE)
}

function qtyText(qty: number): string {
  return formatDecimal(qty, QTY_SCALE)
}
