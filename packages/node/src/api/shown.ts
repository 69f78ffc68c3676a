import type { Stored } from '../service/ledger-node.ts'
import { speak } from './answer.ts'
import type { Context } from './context.ts'
import { chainSentences } from './chain-sentences.ts'
import type { Sentence } from './doors.ts'
import type { Viewer } from './viewer.ts'
import { withheldReceipt } from './visibility.ts'

/** A receipt as the API shows it: with its events, how far it has come, and in words why it declines. */
export function shownReceipt({ node, doors }: Context, { receipt, events }: Stored, provable = node.status().provable) {
  const state = receipt.index < provable ? 'provable' : 'committed'
  const refusal = receipt.refusal
  const sentence = refusal === undefined ? undefined : sentenceOf(doors.sentence(refusal.name), refusal)
  return { state, id: receipt.id, receipt, events, ...(sentence === undefined ? {} : { sentence }) }
}

function sentenceOf(
  said: Sentence | undefined,
  { name, facts }: NonNullable<Stored['receipt']['refusal']>,
): Sentence | undefined {
  const sentence = said ?? chainSentences[name]
  return sentence === undefined ? undefined : speak(sentence, facts)
}

/** The same for this viewer: whole, or withheld. */
export async function shownTo(context: Context, viewer: Viewer, stored: Stored) {
  const visible = await context.visibility.ofReceipt(viewer, stored)
  return visible ? shownReceipt(context, stored) : withheldReceipt(stored)
}
