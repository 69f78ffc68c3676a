const BUCKETS = 4096

/**
 * The `n`-th largest of integers from 0 below `bound`, n from 1: counts them into equal ranges and sorts only the range that
 * holds the answer. Sorting them all would cost as much as ordering the whole book.
 * @example nthLargest(Float64Array.of(3, 9, 3, 7), 2, 10) // 7
 */
export function nthLargest(values: Float64Array, n: number, bound: number): number {
  const width = Math.ceil(bound / BUCKETS)
  const counts = new Uint32Array(BUCKETS)
  for (let i = 0; i < values.length; i++) counts[Math.floor((values[i] as number) / width)]!++

  let bucket = BUCKETS - 1
  let above = 0
  while (above + (counts[bucket] as number) < n) above += counts[bucket--] as number

  const inBucket = new Float64Array(counts[bucket] as number)
  let filled = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Math.floor(value / width) === bucket) inBucket[filled++] = value
  }
  inBucket.sort()
  return inBucket[inBucket.length - (n - above)] as number
}
