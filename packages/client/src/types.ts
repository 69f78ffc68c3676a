import type { Event, Receipt } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'

export interface Sentence {
  readonly zh: string
  readonly en: string
  readonly retry: boolean
}

/** An act on record. `receipt.code` 0 means accepted; otherwise `sentence` says why it was declined. */
export interface Committed {
  readonly state: 'committed' | 'provable'
  readonly id: string
  readonly receipt: Receipt
  readonly events: readonly Event[]
  readonly sentence?: Sentence
  /** The same act had been executed before; this is its first receipt. */
  readonly repeated?: boolean
  /** The proof, where it was waited for. */
  readonly proof?: Json
}

/** Taken in, and not yet in a block. */
export interface Accepted {
  readonly state: 'accepted'
  readonly id: string
  readonly intake: Intake
}

/** A node's signed promise to bring an act into a block. */
export interface Intake {
  readonly id: string
  readonly chain: string
  readonly height: number
  readonly withinSeconds: number
  /** So close to a gate that it may not count (可能不计入). */
  readonly mayNotCount?: true
  readonly node: string
  readonly signature: string
}

/** A receipt of which the viewer may know no more. */
export interface Withheld {
  readonly index: number
  readonly height: number
  readonly time: number
  readonly withheld: true
}

export type Listed = Committed | Withheld
export const isWithheld = (listed: Listed): listed is Withheld => 'withheld' in listed

export interface Status {
  readonly chain: string
  readonly domain: string
  /** The ledger's name. */
  readonly name: string
  readonly height: number
  readonly timeMs: number
  readonly appHash: string
  readonly receipts: number
  /** Index of the first that the node holds: 0, unless it joined by snapshot. */
  readonly firstReceipt: number
  readonly provable: number
  readonly pending: number
  readonly failure?: string
  /** In a network: how many blocks the archive is behind, and why the last try to add to it failed. */
  readonly archive?: { readonly behind: number; readonly trouble?: string }
  /** In a network: the disk the node was started with was an older copy, so what it had promised since may have to be sent again. */
  readonly olderCopy?: { readonly endedAtHeight: number; readonly signedHeight: number }
  readonly stalled?: string
}

export interface CatalogueAct {
  readonly name: string
  readonly version: number
  readonly title: { readonly zh: string; readonly en: string }
  readonly jsonSchema: { readonly [keyword: string]: Json }
  readonly stage: 'registry' | 'session'
  readonly roles: readonly string[]
  readonly restricted: boolean
}

export interface Row {
  readonly key: string
  readonly value: Json
}
