import { type DecimalOptions, type DecimalReason, parseDecimal } from './decimal.ts'
import type { Parsed } from './parsed.ts'
import type { Fen, MilliFenPerMwh, Ppm, W, Wh } from './quantity.ts'
import {
  ENERGY_UNITS,
  type EnergyUnit,
  MONEY_UNITS,
  type MoneyUnit,
  POWER_UNITS,
  type PowerUnit,
  PRICE_UNITS,
  type PriceUnit,
  RATIO_UNITS,
  type RatioUnit,
} from './scales.ts'

// One reader of decimals and one table of units; each function only adds the brand. parseDecimal returns safe integers,
// which is all the brands promise.

/**
 * Energy typed in `unit`, in Wh. Rules DEC-1 to DEC-4; refuses as `parseDecimal` does, never rounds.
 * @example parseEnergy('12.5', 'MWh') // { ok: true, value: wh(12_500_000) }
 */
export function parseEnergy(text: string, unit: EnergyUnit, options?: DecimalOptions): Parsed<Wh, DecimalReason> {
  return parseDecimal(text, ENERGY_UNITS[unit].scale, options) as Parsed<Wh, DecimalReason>
}

/**
 * Power typed in `unit`, in W. Rules DEC-1 to DEC-4.
 * @example parsePower('0.25', 'MW') // { ok: true, value: watt(250_000) }
 */
export function parsePower(text: string, unit: PowerUnit, options?: DecimalOptions): Parsed<W, DecimalReason> {
  return parseDecimal(text, POWER_UNITS[unit].scale, options) as Parsed<W, DecimalReason>
}

/**
 * Money typed in `unit`, in fen. Rules DEC-1 to DEC-4.
 * @example parseMoney('525.375', '元') // { ok: false, at: 6, reason: 'tooManyDigits', facts: { digitsMax: 2, digits: 3 } }
 */
export function parseMoney(text: string, unit: MoneyUnit, options?: DecimalOptions): Parsed<Fen, DecimalReason> {
  return parseDecimal(text, MONEY_UNITS[unit].scale, options) as Parsed<Fen, DecimalReason>
}

/**
 * A price typed in `unit`, in milli-fen/MWh. Rules DEC-1 to DEC-4.
 * @example parsePrice('0.888436', '元/kWh') // { ok: true, value: milliFenPerMwh(88_843_600) }
 */
export function parsePrice(
  text: string,
  unit: PriceUnit,
  options?: DecimalOptions,
): Parsed<MilliFenPerMwh, DecimalReason> {
  return parseDecimal(text, PRICE_UNITS[unit].scale, options) as Parsed<MilliFenPerMwh, DecimalReason>
}

/**
 * A ratio typed as `unit`, in parts per million. Rules DEC-1 to DEC-4.
 * @example parseRatio('5.64', '%') // { ok: true, value: ppm(56_400) }
 */
export function parseRatio(text: string, unit: RatioUnit, options?: DecimalOptions): Parsed<Ppm, DecimalReason> {
  return parseDecimal(text, RATIO_UNITS[unit].scale, options) as Parsed<Ppm, DecimalReason>
}
