const DIGIT_BITS = 11
const DIGIT_COUNT = 1 << DIGIT_BITS
const DIGIT_MASK = DIGIT_COUNT - 1
const WORD = 2 ** 32

/**
 * The positions of `price` from the best price to the worst, equal prices in the order of time (CLEAR-1). `direction` 1 puts
 * the lowest first (supply), -1 the highest (demand).
 *
 * A radix sort: it is stable by construction, which is what makes time priority free, and its time does not depend on how the
 * prices are spread. Prices are integers within ±(2^52 - 1), so the distance to the best price fits two 32-bit words.
 * @example priceOrder(Float64Array.of(230, 180, 230), 1) // [1, 0, 2]
 */
export function priceOrder(price: Float64Array, direction: 1 | -1): Uint32Array {
  const count = price.length
  let best = Number.POSITIVE_INFINITY
  let worst = Number.NEGATIVE_INFINITY
  for (let i = 0; i < count; i++) {
    const rank = direction * (price[i] as number)
    if (rank < best) best = rank
    if (rank > worst) worst = rank
  }

  let order = new Uint32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  if (count < 2 || best === worst) return order

  const span = worst - best
  const word = new Uint32Array(count)
  // Storing into a Uint32Array keeps the value modulo 2^32: the low word.
  for (let i = 0; i < count; i++) word[i] = direction * (price[i] as number) - best
  order = sortByWord(order, word, Math.min(span, WORD - 1))
  if (span < WORD) return order
  for (let i = 0; i < count; i++) word[i] = Math.floor((direction * (price[i] as number) - best) / WORD)
  return sortByWord(order, word, Math.floor(span / WORD))
}

/** Stable: orders positions by their word, none of which exceeds `wordMax`. */
function sortByWord(order: Uint32Array<ArrayBuffer>, word: Uint32Array, wordMax: number): Uint32Array<ArrayBuffer> {
  let from = order
  let to = new Uint32Array(order.length)
  const start = new Uint32Array(DIGIT_COUNT)
  for (let shift = 0; shift < 32 && wordMax >>> shift > 0; shift += DIGIT_BITS) {
    start.fill(0)
    for (let i = 0; i < word.length; i++) start[((word[i] as number) >>> shift) & DIGIT_MASK]!++
    let sum = 0
    for (let digit = 0; digit < DIGIT_COUNT; digit++) {
      const inDigit = start[digit] as number
      start[digit] = sum
      sum += inDigit
    }
    for (let i = 0; i < from.length; i++) {
      const position = from[i] as number
      to[start[((word[position] as number) >>> shift) & DIGIT_MASK]!++] = position
    }
    const spare = from
    from = to
    to = spare
  }
  return from
}
