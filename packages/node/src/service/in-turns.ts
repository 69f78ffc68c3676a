const TURN_MAX = 256

/**
 * Takes in a long list over several turns of the event loop, so that blocks and other clients are not kept waiting. One
 * answer each, in the order of the list; rejects with the first error.
 */
export function inTurns<T>(
  list: readonly Uint8Array[],
  take: (bytes: Uint8Array, answer: (outcome: T | Error) => void) => void,
): Promise<readonly T[]> {
  return new Promise((resolve, reject) => {
    const outcomes: T[] = new Array(list.length)
    let open = list.length
    if (open === 0) resolve(outcomes)
    const turn = (from: number): void => {
      const to = Math.min(from + TURN_MAX, list.length)
      for (let at = from; at < to; at++) {
        take(list[at] as Uint8Array, (outcome) => {
          if (outcome instanceof Error) return reject(outcome)
          outcomes[at] = outcome
          open -= 1
          if (open === 0) resolve(outcomes)
        })
      }
      if (to < list.length) setImmediate(turn, to)
    }
    turn(0)
  })
}
