import { requireScale } from './decimal.ts'
import { type Fen, type MilliFenPerMwh, type Ppm, safeInteger, type W, type Wh } from './quantity.ts'
import { divideRounded, type Rounding } from './rounding.ts'
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
  type UnitOfScale,
} from './scales.ts'

export interface DigitOptions {
  /** Exactly so many digits behind the point, 0 to 15; without it as many as the value needs. */
  readonly digits?: number
  /** Needed when `digits` may be too few; without it a digit that would be lost throws RangeError. */
  readonly rounding?: Rounding
}

export interface FormatOptions extends DigitOptions {
  /** Thousands separators and the unit's name in this language; without it the bare text the parser reads back. */
  readonly locale?: 'zh' | 'en'
}

/**
 * `value` × 10^−scale in plain digits: no separators, no unit. Rule FMT-1: without `digits` or with enough of them,
 * `parseDecimal` of the result is `value`. Throws RangeError when a digit would be lost and no rounding is named.
 * @example formatDecimal(12_500_000, 6) // '12.5'
 */
export function formatDecimal(value: number, scale: number, options: DigitOptions = {}): string {
  requireScale(scale)
  requireScale(options.digits ?? 0)
  const exact = BigInt(safeInteger(value, 'formatDecimal'))
  const digits = options.digits ?? scale
  const shown =
    digits >= scale
      ? exact * 10n ** BigInt(digits - scale)
      : divideRounded(exact, 10n ** BigInt(scale - digits), options.rounding ?? 'exact')

  const magnitude = String(shown < 0n ? -shown : shown).padStart(digits + 1, '0')
  const whole = magnitude.slice(0, magnitude.length - digits)
  const fraction = magnitude.slice(magnitude.length - digits)
  const kept = options.digits === undefined ? fraction.replace(/0+$/, '') : fraction
  return (shown < 0n ? '-' : '') + whole + (kept === '' ? '' : `.${kept}`)
}

/**
 * Energy in `unit`. Rules FMT-1, FMT-2.
 * @example formatEnergy(wh(1_234_500_000), 'MWh', { locale: 'zh', digits: 3 }) // '1,234.500兆瓦时'
 */
export function formatEnergy(value: Wh, unit: EnergyUnit, options?: FormatOptions): string {
  return format(value, ENERGY_UNITS[unit], options)
}

/**
 * Power in `unit`. Rules FMT-1, FMT-2.
 * @example formatPower(watt(100_000_000), 'MW', { locale: 'en' }) // '100 MW'
 */
export function formatPower(value: W, unit: PowerUnit, options?: FormatOptions): string {
  return format(value, POWER_UNITS[unit], options)
}

/**
 * Money in `unit`. Rules FMT-1, FMT-2.
 * @example formatMoney(fen(37_251_312), '元', { locale: 'zh', digits: 2 }) // '372,513.12元'
 */
export function formatMoney(value: Fen, unit: MoneyUnit, options?: FormatOptions): string {
  return format(value, MONEY_UNITS[unit], options)
}

/**
 * A price in `unit`. Rules FMT-1, FMT-2.
 * @example formatPrice(milliFenPerMwh(35_025_000), '元/MWh', { locale: 'en', digits: 3 }) // '350.250 yuan/MWh'
 */
export function formatPrice(value: MilliFenPerMwh, unit: PriceUnit, options?: FormatOptions): string {
  return format(value, PRICE_UNITS[unit], options)
}

/**
 * A ratio as `unit`. Rules FMT-1, FMT-2.
 * @example formatRatio(ppm(56_400), '%', { locale: 'zh', digits: 2 }) // '5.64%'
 */
export function formatRatio(value: Ppm, unit: RatioUnit, options?: FormatOptions): string {
  return format(value, RATIO_UNITS[unit], options)
}

function format(value: number, unit: UnitOfScale, options: FormatOptions = {}): string {
  const text = formatDecimal(value, unit.scale, options)
  return options.locale === undefined ? text : withThousands(text) + unit[options.locale]
}

/** A comma before every third digit of the whole part: both languages write it so. */
function withThousands(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
