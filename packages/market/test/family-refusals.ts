import assert from 'node:assert/strict'
import { type Family, speak } from '@dujiang/market'
import type { Outcome } from '@dujiang/testing/market-fixture'

/** Collects which refusals of a family a table of tests has reached, and says which it has not. */
export class Reached {
  readonly #family: Family
  readonly #names = new Set<string>()

  constructor(family: Family) {
    this.#family = family
  }

  /** Fails unless the outcome is this refusal, with its number, and both its sentences can be spoken. */
  expect(outcome: Outcome, name: string): void {
    assert.equal(outcome.refusal ?? 'accepted', name, JSON.stringify(outcome.facts))
    const sentence = this.#family.refusals.sentences[name]
    if (sentence === undefined) return
    assert.equal(outcome.code, sentence.code)
    for (const language of ['zh', 'en'] as const) assert.doesNotMatch(speak(sentence, outcome.facts, language), /[{}]/)
    this.#names.add(name)
  }

  missing(): string[] {
    return Object.keys(this.#family.refusals.sentences).filter((name) => !this.#names.has(name))
  }
}

/** One mistake of a request and what refuses it: rows are listed in the order in which the act looks. */
export type Mistake<P> = readonly [refusal: string, spoil: (payload: P) => P]

/**
 * The table of an act: the payload with all mistakes is refused for the first; each row repairs one more, and is refused
 * for the next; with none left it is accepted. `run` tries a payload without changing what the next one meets.
 */
export function repairOneByOne<P>(
  reached: Reached,
  good: P,
  mistakes: readonly Mistake<P>[],
  run: (payload: P) => Outcome,
): void {
  for (let repaired = 0; repaired < mistakes.length; repaired++) {
    // Spoiled from the last to the first, so that an early mistake has the last word over a shared field.
    const payload = mistakes.slice(repaired).reduceRight((spoiled, [, spoil]) => spoil(spoiled), good)
    reached.expect(run(payload), (mistakes[repaired] as Mistake<P>)[0])
  }
  assert.equal(run(good).refusal ?? 'accepted', 'accepted')
}
