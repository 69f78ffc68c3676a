import type { Json } from '@dujiang/core/codec'
import type { Errand } from './registry.ts'

/** What the ledger decided about an errand. */
export interface Answer {
  readonly id: string
  /** Of the receipt in the ledger's log. */
  readonly index: number
  readonly height: number
  /** Absent when it was accepted. */
  readonly refusal?: { readonly name: string; readonly facts: { readonly [fact: string]: Json } }
  /** The refusal as people read it, where the desk can say it. */
  readonly sentence?: { readonly zh: string; readonly en: string }
}

/** Where the province's people do their business: a node's public API, or a ledger in memory. */
export interface Desk {
  /** UTC milliseconds, as the ledger will see them. */
  nowMs(): number
  waitUntil(timeMs: number): Promise<void>
  /** Signs and sends acts of which none needs another; the answers come in the same order, once all are committed. */
  send(errands: readonly Errand[]): Promise<readonly Answer[]>
  /** A row of the committed state. */
  row(key: string): Promise<Json | undefined>
  /** The row, once it is as wished. */
  rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json>
}

/** An act was refused that should have been accepted, or refused for another reason. */
export class Declined extends Error {
  readonly refusal: string

  constructor({ act, by }: Errand, { name, facts }: NonNullable<Answer['refusal']>) {
    super(`${act} of ${by.org} was refused: ${name} ${JSON.stringify(facts)}`)
    this.name = 'Declined'
    this.refusal = name
  }
}

/** Sends acts that must be accepted, and throws naming the first that is not. */
export async function sendAll(desk: Desk, errands: readonly Errand[]): Promise<readonly Answer[]> {
  const answers = await desk.send(errands)
  for (const [at, { refusal }] of answers.entries()) {
    if (refusal !== undefined) throw new Declined(errands[at] as Errand, refusal)
  }
  return answers
}

/** Sends one act that must be accepted. */
export async function sendOne(desk: Desk, errand: Errand): Promise<Answer> {
  return (await sendAll(desk, [errand]))[0] as Answer
}

/** Sends one act that must be refused for this reason, for show; throws naming another for which it was. */
export async function sendRefused(desk: Desk, errand: Errand, name: string): Promise<Answer> {
  const answer = (await desk.send([errand]))[0] as Answer
  if (answer.refusal === undefined) throw new Error(`${errand.act} of ${errand.by.org} was not refused: ${name}`)
  if (answer.refusal.name !== name) throw new Declined(errand, answer.refusal)
  return answer
}
