import type { Stored } from '../service/ledger-node.ts'
import type { Context } from './context.ts'
import type { Viewer } from './viewer.ts'
import { withheldReceipt } from './visibility.ts'

/** A receipt as the API shows it, as a JSON object: with its events, how far it has come, and in words why it declines. */
export function shownReceipt({ node, texts }: Context, stored: Stored, provable = node.status().provable): string {
  const state = stored.receipt.index < provable ? 'provable' : 'committed'
  return `{"state":"${state}",${texts.of(stored).slice(1)}`
}

/** The same for this viewer: whole, or withheld. */
export async function shownTo(context: Context, viewer: Viewer, stored: Stored, provable?: number): Promise<string> {
  const visible = await context.visibility.ofReceipt(viewer, stored)
  return visible ? shownReceipt(context, stored, provable) : JSON.stringify(withheldReceipt(stored))
}
