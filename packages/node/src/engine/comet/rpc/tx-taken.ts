import { RpcFault } from './fault.ts'
import type { Fields } from './fields.ts'

/** What the mempool did with a transaction. */
export type TxTaken =
  /** Handed to the application; `code` 0 means the mempool has it, unless it has filled up meanwhile (it does not tell). */
  | { readonly outcome: 'checked'; readonly code: number; readonly log: string }
  /** It has these bytes already, or had them not long ago. */
  | { readonly outcome: 'known' }
  /** It takes none for now: full, rechecking, or the node is catching up. */
  | { readonly outcome: 'full' }

export const txParams = (tx: Uint8Array) => ({
  tx: Buffer.from(tx.buffer, tx.byteOffset, tx.length).toString('base64'),
})

/** What became of a transaction that was handed over; `asking` rejects as a question to the engine does. Rule RPC-4. */
export async function takenBy(asking: Promise<Fields>): Promise<TxTaken> {
  try {
    const answer = await asking
    return { outcome: 'checked', code: answer.int('code'), log: answer.text('log') }
  } catch (error) {
    const outcome = error instanceof RpcFault && error.trouble === 'refused' ? outcomeOf(error.message) : undefined
    if (outcome === undefined) throw error
    return { outcome }
  }
}

// The engine gives these no code of their own, so its sentences are what there is (mempool/errors.go, rpc/core/mempool.go).
function outcomeOf(message: string): 'known' | 'full' | undefined {
  if (message.includes('tx already exists in cache')) return 'known'
  const sentences = ['mempool is full', 'mempool is still rechecking', 'endpoint is closed while node is catching up']
  return sentences.some((sentence) => message.includes(sentence)) ? 'full' : undefined
}
