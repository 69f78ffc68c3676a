import {
  type Fen,
  fen,
  type MilliFenPerMwh,
  milliFenPerMwh,
  type Ppm,
  type Quantity,
  safeInteger,
  type W,
  type Wh,
  wh,
} from './quantity.ts'
import { divideRounded, type Rounding } from './rounding.ts'

/** Wh × milli-fen/MWh in one fen: 10^6 Wh in a MWh times 10^3 milli-fen in a fen. */
const WH_MILLI_FEN_PER_MWH_IN_FEN = 1_000_000_000n
const PPM_IN_ONE = 1_000_000n
const MINUTES_IN_HOUR = 60n

/**
 * a × b, exact past 2^53. Rule PROD-1. For formulas that chain several factors: multiply in bigint, then round once with
 * `divideRounded`. Throws RangeError on a number that is no safe integer.
 * @example multiply(wh(9_000_000_000), 35_025_000) // 315_225_000_000_000_000n
 */
export function multiply(a: number, b: number): bigint {
  return BigInt(safeInteger(a, 'multiply')) * BigInt(safeInteger(b, 'multiply'))
}

/**
 * Money due for `volumeWh` at `price`, in fen; either may be negative. Rules PROD-1, ROUND-1: the product is exact and
 * rounded once. Throws RangeError past ±(2^53−1), or when `exact` meets a split fen.
 * @example cost(wh(1_500_000), milliFenPerMwh(35_025_000), 'floor') // 52_537 fen: 525.37 yuan, the half fen dropped
 */
export function cost(volumeWh: Wh, priceMilliFenPerMwh: MilliFenPerMwh, rounding: Rounding): Fen {
  return fen(divideRounded(multiply(volumeWh, priceMilliFenPerMwh), WH_MILLI_FEN_PER_MWH_IN_FEN, rounding))
}

/**
 * The price at which `volumeWh` costs `amountFen`. Throws RangeError when the volume is 0: there is no average price of
 * nothing, and the caller must say what a bill prints then. Throws too when the price is past ±(2^53−1), as a fortune
 * for one Wh would be.
 * @example averagePrice(fen(3_027_875), wh(112_750_000), 'halfUp') // 26_854_767, i.e. 268.54767 yuan/MWh
 */
export function averagePrice(amountFen: Fen, volumeWh: Wh, rounding: Rounding): MilliFenPerMwh {
  const scaled = BigInt(amountFen) * WH_MILLI_FEN_PER_MWH_IN_FEN
  return milliFenPerMwh(divideRounded(scaled, BigInt(volumeWh), rounding))
}

/**
 * `ratio` of `amount`, in the unit of `amount`. Rules PROD-1, ROUND-1.
 * @example portion(fen(100_000), ppm(56_400), 'halfUp') // 5.64 % of 1000.00 yuan: 5_640 fen
 */
export function portion<Q extends Quantity>(amount: Q, ratio: Ppm, rounding: Rounding): Q {
  return safeInteger(divideRounded(multiply(amount, ratio), PPM_IN_ONE, rounding), 'portion') as Q
}

/**
 * Energy of a constant `power` held for `minutes`.
 * @example energyOver(watt(100_000_000), 15, 'exact') // 25 MWh
 */
export function energyOver(power: W, minutes: number, rounding: Rounding): Wh {
  return wh(divideRounded(multiply(power, minutes), MINUTES_IN_HOUR, rounding))
}
