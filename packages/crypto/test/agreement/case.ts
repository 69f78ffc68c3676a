import type { Scheme } from '@dujiang/core/crypto'

/** One question to a verifier, with the answer that follows from how it was made. */
export type SignatureCase = {
  readonly family: string
  readonly scheme: Scheme
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly expected: boolean
}

/** A source of cases of one family; `at` counts the calls. */
export type Family = {
  readonly name: string
  /** How many of a hundred cases of the scheme come from here. */
  readonly share: number
  readonly make: (random: Random, at: number) => Omit<SignatureCase, 'family' | 'scheme'>
}

/** Repeatable randomness: the same seed gives the same cases. */
export class Random {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 … below−1; mulberry32. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256))
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)]!
  }
}

/** One bit changed somewhere. */
export function flipBit(random: Random, bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  const bit = random.below(bytes.length * 8)
  flipped[bit >> 3]! ^= 1 << (bit & 7)
  return flipped
}

/**
 * A family whose cases are rare among good signatures: one use in eight searches for a new one with `find`, the others
 * take one found before.
 */
export function rare(name: string, share: number, find: (random: Random) => ReturnType<Family['make']>): Family {
  const found: ReturnType<Family['make']>[] = []
  let uses = 0
  return {
    name,
    share,
    make: (random) => {
      if (uses++ % 8 > 0) return random.pick(found)
      const one = find(random)
      found.push(one)
      return one
    },
  }
}
