declare const unit: unique symbol

type Brand<Unit extends string> = number & { readonly [unit]: Unit }

/** Energy in watt-hours. */
export type Wh = Brand<'Wh'>
/** Power in watts. */
export type W = Brand<'W'>
/** Money in fen, 0.01 yuan. */
export type Fen = Brand<'Fen'>
/** Price in milli-fen per MWh: one step is 0.00001 yuan/MWh, enough for every published tariff. */
export type MilliFenPerMwh = Brand<'MilliFenPerMwh'>
/** A ratio in parts per million: 1_000_000 is one, 56_400 is 5.64 %. */
export type Ppm = Brand<'Ppm'>

/** Whatever is counted in whole units of its own kind. Rule QTY-1: a safe integer, never -0. */
export type Quantity = Wh | W | Fen | MilliFenPerMwh | Ppm

/**
 * Energy of `value` Wh. Rule QTY-1: throws RangeError on a fraction, NaN, an infinity or past ±(2^53−1).
 * @example wh(1_500_000) // 1.5 MWh
 */
export function wh(value: number | bigint): Wh {
  return safeInteger(value, 'wh') as Wh
}

/**
 * Power of `value` W. Rule QTY-1: refuses as `wh` does.
 * @example watt(100_000_000) // 100 MW
 */
export function watt(value: number | bigint): W {
  return safeInteger(value, 'watt') as W
}

/**
 * Money of `value` fen. Rule QTY-1: refuses as `wh` does.
 * @example fen(52_537) // 525.37 yuan
 */
export function fen(value: number | bigint): Fen {
  return safeInteger(value, 'fen') as Fen
}

/**
 * A price of `value` milli-fen/MWh. Rule QTY-1: refuses as `wh` does.
 * @example milliFenPerMwh(35_025_000) // 350.25 yuan/MWh
 */
export function milliFenPerMwh(value: number | bigint): MilliFenPerMwh {
  return safeInteger(value, 'milliFenPerMwh') as MilliFenPerMwh
}

/**
 * A ratio of `value` parts per million. Rule QTY-1: refuses as `wh` does.
 * @example ppm(1_150_000) // 1.15
 */
export function ppm(value: number | bigint): Ppm {
  return safeInteger(value, 'ppm') as Ppm
}

/**
 * The number `value`, or RangeError naming `operation` when it is no safe integer. Every result of this folder that is
 * a number passes here, so nothing past 2^53−1 is ever silently off by one.
 * @example safeInteger(2n ** 53n, 'add') // throws: add: 9007199254740992 is not an integer within ±(2^53−1)
 */
export function safeInteger(value: number | bigint, operation: string): number {
  const asNumber = Number(value)
  if (!Number.isSafeInteger(asNumber)) {
    throw new RangeError(`${operation}: ${String(value)} is not an integer within ±(2^53−1)`)
  }
  return asNumber + 0 // -0 + 0 is 0: canonical JSON has no -0
}
