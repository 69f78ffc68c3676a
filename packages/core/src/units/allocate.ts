import { safeInteger } from './quantity.ts'

/** Ranks for ties, one a position: of two equal fractions the lower rank goes first, then the earlier position. */
export type TieRanks = readonly number[]

/**
 * `total` split over `weights` in whole units, by largest remainder. Rules ALLOC-1 to ALLOC-4: the shares sum to `total`
 * exactly, each is its exact quota rounded down or up, and a total of the other sign gives the same shares negated, so
 * that a reversal cancels to the fen.
 * Weights are whole and not negative. Throws RangeError on a negative weight, on a total that no weight can carry, and
 * when `ranks` has another length.
 * @example allocate(100_000_000, [1, 1, 1]) // [33_333_334n, 33_333_333n, 33_333_333n]
 */
export function allocate(total: number | bigint, weights: readonly (number | bigint)[], ranks?: TieRanks): bigint[] {
  // Every whole number is whole lots of one, and a quota within its weight rounds up within it: no cap ever binds.
  return allocateLots(total, weights, 1n, ranks)
}

/**
 * `total` split over declared quantities in lots, by largest remainder. Rules ALLOC-1 to ALLOC-6: as `allocate`, and while
 * `total` is at most the sum of the weights no share exceeds its weight; when `total` and the weights are multiples of
 * `lot`, so is every share. A weight that is not such a multiple may end in a part of a lot, when no whole lot fits
 * anywhere any more. Throws RangeError as `allocate` does, and when `lot` is not positive.
 * @example allocateLots(5000, [3000, 2500, 1500], 1) // [2143n, 1786n, 1071n]
 */
export function allocateLots(
  total: number | bigint,
  weights: readonly (number | bigint)[],
  lot: number | bigint,
  ranks?: TieRanks,
): bigint[] {
  const signed = exactInteger(total)
  const lotSize = exactInteger(lot)
  if (lotSize <= 0n) throw new RangeError(`allocate: the lot ${lotSize} is not positive`)
  if (ranks !== undefined && ranks.length !== weights.length) {
    throw new RangeError(`allocate: ${ranks.length} ranks for ${weights.length} weights`)
  }
  ranks?.forEach((rank) => safeInteger(rank, 'allocate'))

  const shares = split(signed < 0n ? -signed : signed, weights.map(exactWeight), lotSize, ranks)
  return signed < 0n ? shares.map((share) => -share) : shares
}

function split(total: bigint, weights: readonly bigint[], lot: bigint, ranks: TieRanks | undefined): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n)
  if (weightSum === 0n) {
    if (total !== 0n) throw new RangeError(`allocate: no weight carries the total ${total}`)
    return weights.map(() => 0n)
  }

  const quotaDivisor = weightSum * lot
  const shares = weights.map((weight) => ((total * weight) / quotaDivisor) * lot)
  const remainders = weights.map((weight) => (total * weight) % quotaDivisor)
  let left = shares.reduce((rest, share) => rest - share, total)

  const capped = total <= weightSum
  const roomOf = (position: number): bigint => (capped ? at(weights, position) - at(shares, position) : left)
  const give = (position: number, amount: bigint): void => {
    shares[position] = at(shares, position) + amount
    left -= amount
  }

  const order = byRemainder(remainders, ranks)
  for (const position of order) {
    const next = smaller(lot, left) // the last one may be a part of a lot
    if (next <= roomOf(position)) give(position, next)
  }
  // Something is left only when a weight is not whole lots: first whole lots where they still fit, then parts of one.
  for (const position of order) give(position, (smaller(roomOf(position), left) / lot) * lot)
  for (const position of order) give(position, smaller(roomOf(position), left))
  return shares
}

/** Positions by falling remainder, then rising rank, then position. */
function byRemainder(remainders: readonly bigint[], ranks: TieRanks | undefined): number[] {
  const rank = (position: number): number => (ranks === undefined ? 0 : at(ranks, position))
  return remainders
    .map((_, position) => position)
    .sort((a, b) => {
      const inA = at(remainders, a)
      const inB = at(remainders, b)
      if (inA !== inB) return inA > inB ? -1 : 1
      return rank(a) - rank(b) || a - b
    })
}

function at<T>(list: readonly T[], position: number): T {
  const item = list[position]
  if (item === undefined) throw new Error(`allocate: position ${position} lies outside its own list`)
  return item
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function exactInteger(value: number | bigint): bigint {
  return typeof value === 'bigint' ? value : BigInt(safeInteger(value, 'allocate'))
}

function exactWeight(value: number | bigint): bigint {
  const weight = exactInteger(value)
  if (weight < 0n) throw new RangeError(`allocate: the weight ${weight} is negative`)
  return weight
}
