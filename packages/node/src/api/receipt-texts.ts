import { textOf } from '../ledger/index.ts'
import type { Stored } from '../service/ledger-node.ts'
import { speak } from './answer.ts'
import { chainSentences } from './chain-sentences.ts'
import type { Doors } from './doors.ts'

/**
 * Receipts as JSON objects with their events and, where they decline, in words why. Receipt and events stand in them byte
 * for byte as they were hashed. A receipt is read by many soon after it is made: its text is made once, as long as the
 * ledger keeps it in memory.
 */
export class ReceiptTexts {
  readonly #doors: Pick<Doors, 'sentence'>
  readonly #texts = new WeakMap<Stored, string>()

  constructor(doors: Pick<Doors, 'sentence'>) {
    this.#doors = doors
  }

  of(stored: Stored): string {
    const known = this.#texts.get(stored)
    if (known !== undefined) return known
    const text = this.#make(stored)
    this.#texts.set(stored, text)
    return text
  }

  #make({ receipt, receiptBytes, eventsText }: Stored): string {
    const { id, refusal } = receipt
    const said = refusal && (this.#doors.sentence(refusal.name) ?? chainSentences[refusal.name])
    const sentence = said && refusal ? `,"sentence":${JSON.stringify(speak(said, refusal.facts))}` : ''
    return `{"id":"${id}","receipt":${textOf(receiptBytes)},"events":${eventsText}${sentence}}`
  }
}
