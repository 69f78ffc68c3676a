/** A repeatable source of choices for simulations: the same seed gives the same run. Never for keys. */
export interface SeededRandom {
  /** A uniform integer in [0, bound), bound a positive integer up to 2^32. */
  below(bound: number): number
  /** True `ppm` times in a million. */
  chance(ppm: number): boolean
}

/**
 * splitmix32: small, and every 32-bit seed gives a full-period stream.
 * @example seededRandom(42).below(6) // the same number on every machine
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound)
  return { below, chance: (ppm) => below(1_000_000) < ppm }
}
