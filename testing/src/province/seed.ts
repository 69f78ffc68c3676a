/** Numbers that look random and are the same in every run: all come from the seed, which the demo prints. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
}

/**
 * Dice of a seed and a subject, so that one subject's numbers do not hang on how many another drew.
 * @example diceOf('2026-12', 'S-pubugou').between(-20, 20)
 */
export function diceOf(seed: string, subject: string): Dice {
  let state = fnv1a(`${seed}/${subject}`)
  return {
    between(low, high) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return low + (((mixed ^ (mixed >>> 14)) >>> 0) % (high - low + 1))
    },
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193)
  return hash
}
