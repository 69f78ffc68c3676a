import type { Source } from '../webhooks/index.ts'
import type { Context } from './context.ts'
import { wished } from './wish.ts'

const BATCH = 100

/** The ledger as webhooks are made of it: what a stream would send. Rule HOOK-6. */
export function webhookSource(context: Context): Source {
  const { node } = context
  return {
    chain: node.chain,
    stand() {
      const { receipts, firstReceipt: first, height } = node.status()
      return { receipts, first, height }
    },
    async batch({ viewer, org, act, session }, after) {
      const { provable } = node.status()
      const wish = {
        ...(org === undefined ? {} : { org }),
        ...(act === undefined ? {} : { act }),
        ...(session === undefined ? {} : { session }),
      }
      const stored = await node.receipts(after + 1, after + 1 + BATCH)
      const receipts: string[] = []
      for (const each of stored) {
        const shown = await wished(context, viewer === undefined ? {} : { org: viewer }, wish, each, provable)
        if (shown !== undefined) receipts.push(shown)
      }
      return { receipts, next: after + stored.length }
    },
    onMore: (listener) => node.onCommit(listener),
  }
}
