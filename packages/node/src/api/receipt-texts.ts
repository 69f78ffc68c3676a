import type { Stored } from '../service/ledger-node.ts'
import { speak } from './answer.ts'
import { chainSentences } from './chain-sentences.ts'
import type { Doors, Sentence } from './doors.ts'

const CHARS_MAX = 16 * 1024 * 1024

/**
 * Receipts as JSON objects with their events and, where they decline, in words why. A receipt never changes, and is
 * read by many soon after it is made: its text is made once, and the newest texts are kept.
 */
export class ReceiptTexts {
  readonly #doors: Pick<Doors, 'sentence'>
  readonly #charsMax: number
  readonly #texts = new Map<number, string>()
  #chars = 0

  constructor(doors: Pick<Doors, 'sentence'>, charsMax = CHARS_MAX) {
    this.#doors = doors
    this.#charsMax = charsMax
  }

  of(stored: Stored): string {
    const { index } = stored.receipt
    const known = this.#texts.get(index)
    if (known !== undefined) return known
    const text = this.#make(stored)
    this.#texts.set(index, text)
    this.#chars += text.length
    for (const [oldest, dropped] of this.#texts) {
      if (this.#chars <= this.#charsMax) break
      this.#texts.delete(oldest)
      this.#chars -= dropped.length
    }
    return text
  }

  #make({ receipt, events }: Stored): string {
    const { id, refusal } = receipt
    const sentence = refusal === undefined ? undefined : this.#sentenceOf(refusal)
    return JSON.stringify({ id, receipt, events, ...(sentence === undefined ? {} : { sentence }) })
  }

  #sentenceOf({ name, facts }: NonNullable<Stored['receipt']['refusal']>): Sentence | undefined {
    const sentence = this.#doors.sentence(name) ?? chainSentences[name]
    return sentence === undefined ? undefined : speak(sentence, facts)
  }
}
