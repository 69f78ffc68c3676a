import { type Json, encodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Hash, hashText, leafHash, toHex } from '@dujiang/core/crypto'
import type { Wake } from './application.ts'
import { utf8 } from './bytes.ts'

/** What the ledger decided about one act, or about something that fell due. Rules RECEIPT-1 and RECEIPT-2. */
export interface Receipt {
  /** `act` or the name of what fell due. */
  readonly act: string
  /** 0 = accepted, else the refusal's permanent number. */
  readonly code: number
  /** SHA-256 of the canonical JSON of the events; the only place where events are hashed. */
  readonly events: string
  readonly height: number
  readonly id: string
  /** Position in the log of receipts. */
  readonly index: number
  readonly kind: 'act' | 'due'
  readonly org?: string
  readonly refusal?: { readonly name: string; readonly facts: { readonly [fact: string]: Json } }
  /** Block time, UTC milliseconds. */
  readonly time: number
  readonly v: 1
}

export interface Event {
  readonly name: string
  readonly data: { readonly [field: string]: Json }
}

/** A receipt with the events it commits to. */
export interface Recorded {
  readonly receipt: Receipt
  readonly bytes: Uint8Array
  /** Hash of its leaf in the log of receipts. */
  readonly leaf: Uint8Array
  readonly events: readonly Event[]
  /** The events as they were hashed. */
  readonly eventsText: string
}

export function record(sha256: Hash, receipt: Omit<Receipt, 'events' | 'v'>, events: readonly Event[]): Recorded {
  const eventsText = encodeCanonical(events as unknown as Json)
  const whole: Receipt = { ...receipt, events: toHex(hashText(sha256, eventsText)), v: 1 }
  const bytes = receiptBytes(whole)
  return { receipt: whole, bytes, leaf: leafHash(sha256, bytes), events, eventsText }
}

export const receiptBytes = (receipt: Receipt): Uint8Array => encodeCanonicalBytes(receipt as unknown as Json)

export function eventsDigest(sha256: Hash, events: readonly Event[]): string {
  return toHex(hashText(sha256, encodeCanonical(events as unknown as Json)))
}

/** Something that fell due has no signature; its id is made of what it is. Rule DUE-5. */
export function dueId(sha256: Hash, wake: Wake): string {
  return toHex(sha256(utf8(`dujiang/due/1\n${wake.atMs}\n${wake.name}\n${wake.key}`)))
}
