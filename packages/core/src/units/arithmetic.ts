import { type Quantity, safeInteger } from './quantity.ts'

/**
 * a + b, of one unit. Rule QTY-2: throws RangeError past ±(2^53−1).
 * @example add(fen(1), fen(2)) // fen(3); add(fen(1), wh(2)) does not compile
 */
export function add<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  // The sum of two safe integers is exact, or rounds to something that is still not safe.
  return safeInteger(a + b, 'add') as Q
}

/**
 * a − b, of one unit. Rule QTY-2: throws RangeError past ±(2^53−1).
 * @example subtract(wh(5), wh(7)) // wh(-2)
 */
export function subtract<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  return safeInteger(a - b, 'subtract') as Q
}

/**
 * −a. Never refuses: the range is symmetric.
 * @example negate(fen(5)) // fen(-5)
 */
export function negate<Q extends Quantity>(a: Q): Q {
  return safeInteger(-a, 'negate') as Q
}

/**
 * The total of a list of one unit; 0 when it is empty. Rule QTY-2: only the total must fit, so the order of the list
 * never decides whether it throws RangeError.
 * @example sum([fen(1), fen(2), fen(3)]) // fen(6)
 */
export function sum<Q extends Quantity>(values: readonly Q[]): Q {
  let total = 0n
  for (const value of values) total += BigInt(value)
  return safeInteger(total, 'sum') as Q
}

/**
 * −1, 0 or 1 as a is below, equal to or above b, of one unit: the comparison `sort` wants.
 * @example compare(wh(1), wh(2)) // -1
 */
export function compare<Q extends Quantity>(a: Q, b: NoInfer<Q>): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Is a below b, of one unit? TypeScript lets `fen < wh` through; this does not.
 * @example lessThan(fen(1), fen(2)) // true
 */
export function lessThan<Q extends Quantity>(a: Q, b: NoInfer<Q>): boolean {
  return a < b
}

/**
 * The smaller of two, of one unit.
 * @example least(wh(1), wh(2)) // wh(1)
 */
export function least<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  return b < a ? b : a
}

/**
 * The larger of two, of one unit.
 * @example greatest(wh(1), wh(2)) // wh(2)
 */
export function greatest<Q extends Quantity>(a: Q, b: NoInfer<Q>): Q {
  return b > a ? b : a
}
