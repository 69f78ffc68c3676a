export { add, compare, greatest, least, lessThan, negate, subtract, sum } from './arithmetic.ts'
export { allocate, allocateLots, type TieRanks } from './allocate.ts'
export type { BadCharacterKind } from './characters.ts'
export { type DecimalOptions, type DecimalReason, parseDecimal } from './decimal.ts'
export {
  type DigitOptions,
  type FormatOptions,
  formatDecimal,
  formatEnergy,
  formatMoney,
  formatPower,
  formatPrice,
  formatRatio,
} from './format.ts'
export { type Normalisation, type Normalised, type NormaliseReason, normaliseDecimal } from './normalise.ts'
export { parseEnergy, parseMoney, parsePower, parsePrice, parseRatio } from './parse.ts'
export type { Facts, ParseFailure, Parsed } from './parsed.ts'
export { averagePrice, cost, energyOver, multiply, portion } from './product.ts'
export {
  type Fen,
  fen,
  type MilliFenPerMwh,
  milliFenPerMwh,
  type Ppm,
  ppm,
  type Quantity,
  safeInteger,
  type W,
  type Wh,
  watt,
  wh,
} from './quantity.ts'
export { divideRounded, type Rounding } from './rounding.ts'
export type { EnergyUnit, MoneyUnit, PowerUnit, PriceUnit, RatioUnit } from './scales.ts'
