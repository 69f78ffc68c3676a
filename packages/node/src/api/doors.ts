import type { ActDefinition, KeyRecord, Signed, View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'

/**
 * What the API must be told about the Application it stands before. The app that wires a node hands it in, so that
 * this package knows no business act.
 */
export interface Doors {
  readonly acts: readonly DoorAct[]
  /** Every refusal of its decisions. */
  readonly refusals: readonly DoorRefusal[]
  /** What fields of acts look like, by their name: examples are made of them. */
  readonly samples: { readonly [field: string]: Json }
  /** A refusal as people read it, its facts in braces. */
  sentence(refusalName: string): Sentence | undefined
  /** The only organisations that may see this act and its receipt now, when not everyone may. */
  actReaders(view: View, name: string, version: number, signed: Signed): readonly string[] | undefined
  /** The same for a row of the state. */
  rowReaders(view: View, key: string): readonly string[] | undefined
  /** Does the state hold rows now of which not even hashes may be shown? A proof of any row carries hashes of others. */
  holdsSecrets(view: View): boolean
  /** How many faults of validators are on record. */
  faultsOnRecord(view: View): number
  /** The organisation's key, live or not. */
  keyOf(view: View, org: string, keyId: string): KeyRecord | undefined
}

/** An act as the catalogue shows it. */
export interface DoorAct {
  readonly name: string
  readonly version: number
  readonly title: { readonly zh: string; readonly en: string }
  /** Its payload, as JSON Schema 2020-12. */
  readonly jsonSchema: { readonly [keyword: string]: Json }
  readonly stage: ActDefinition['stage']
  readonly roles: readonly string[]
  /** Does it have readers at any time? Of the other acts nobody asks who may see them. */
  readonly restricted: boolean
}

/** A refusal as the catalogue shows it. */
export interface DoorRefusal extends Sentence {
  readonly name: string
  /** Whose acts decline with it: the part before the first dot of their names; of all acts where it is none of these. */
  readonly family: string
  readonly code: number
}

export interface Sentence {
  readonly zh: string
  readonly en: string
  /** Can the same request succeed later, unchanged? */
  readonly retry: boolean
}
