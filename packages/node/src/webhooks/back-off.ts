const FIRST_MS = 1_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait after so many failures in a row, from 1. Up to half of it is left out at random, lest all that failed together
 * come again together. Rule HOOK-2.
 * @param random a number from 0 to below 1
 * @example backOffMs(1, () => 0) // 1000
 */
export function backOffMs(failures: number, random: () => number): number {
  const wholeMs = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS)
  return Math.round(wholeMs * (1 - random() / 2))
}
