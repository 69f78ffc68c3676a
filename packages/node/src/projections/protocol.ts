import type { FedTexts, ListAsk, ListPage, Place, StateRows } from '@dujiang/projections'
import { joinParts, splitParts } from '../ledger/index.ts'

/** What the thread is started with. */
export interface WorkerData {
  readonly place: Place
  /** A module that exports the Application's `lists`: functions cannot be sent. */
  readonly listsModule: string
  readonly chain: string
  readonly firstReceipt: number
  /** A name that no other run has. */
  readonly run: string
}

/** From the node to the thread. */
export type ToWorker =
  | { readonly kind: 'receipts'; readonly packed: Uint8Array }
  | { readonly kind: 'stateRows'; readonly rows: StateRows }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'grown' }
  | { readonly kind: 'list'; readonly number: number; readonly ask: ListAsk }
  | { readonly kind: 'rebuild' }
  | { readonly kind: 'close' }

/** From the thread to the node. */
export type FromWorker =
  | { readonly kind: 'askReceipts'; readonly from: number }
  | { readonly kind: 'askStateRows'; readonly at: string; readonly after?: string }
  | { readonly kind: 'waits'; readonly size: number }
  | { readonly kind: 'stands'; readonly next: number; readonly timeMs?: number }
  /** The tables are empty, as was asked for. */
  | { readonly kind: 'rebuilt' }
  | { readonly kind: 'page'; readonly number: number; readonly page: ListPage }
  | { readonly kind: 'noPage'; readonly number: number; readonly message: string }
  /** It does not go on for now, and tries again. */
  | { readonly kind: 'trouble'; readonly message: string }

/** One buffer for a batch, which changes hands: cloning many small ones costs more than making them. */
export function packReceipts(all: readonly (readonly [receipt: Uint8Array, events: Uint8Array, act: Uint8Array])[]) {
  const joined = joinParts(all.flat())
  // A small buffer is a part of one that others use.
  return joined.byteLength === joined.buffer.byteLength ? joined : Uint8Array.from(joined)
}

export function unpackReceipts(packed: Uint8Array): readonly FedTexts[] {
  const parts = splitParts(packed, packed.length)
  if (typeof parts === 'string') throw new Error(`receipts for the projections: ${parts}`)
  const all: FedTexts[] = []
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [receipt, events, act] = parts.slice(at, at + 3).map(textOf) as [string, string, string]
    all.push(act === '' ? { receipt, events } : { receipt, events, act })
  }
  return all
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
