import type { Effect, Misbehaviour, ValidatorRows, View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import type { AnyAct, Due, Words } from './act.ts'
import type { Refusals } from './refusals.ts'

/**
 * A family of business acts: a folder, registered in one line. Nothing in it may depend on which domain it runs in, so
 * it declares the tables it owns, those of other families that it reads, and the facts that other domains may learn.
 */
export interface Family {
  readonly name: string
  readonly title: Words
  readonly acts: readonly AnyAct[]
  readonly dues: readonly Due[]
  readonly refusals: Refusals
  /** The tables only this family writes. */
  readonly owns: readonly { readonly name: string }[]
  /** The tables of other families that it reads from the public state. */
  readonly reads: readonly string[]
  /** Of the tables it owns, those whose rows may leave its domain, attested. */
  readonly exports: readonly string[]
  readonly invariants: readonly Invariant[]
  /** Founds rows from the family's section of a genesis file, which then must be there; throws when it is not one. */
  initialise?(section: Json, sha256: Hash): readonly Effect[]
  /** The only organisations that may see this row now, when not everyone may. */
  rowReaders?(view: View, key: string): readonly string[] | undefined
  /** Are there rows now that may not even be recognised by their hashes? A proof of any row shows hashes of others. */
  holdsSecrets?(view: View): boolean
  /** Keeps the validators, in a table of its own; one family may. */
  readonly validators?: ValidatorRows
  /** Puts on record what the engine has proved against one of them. */
  misbehaved?(view: View, misbehaviour: Misbehaviour): readonly Effect[]
}

/** A law of the family's state, checked on what a block has written; throws a Defect by this name when it is broken. */
export interface Invariant {
  readonly name: string
  readonly law: Words
  /** The tables whose rows can break it. */
  readonly over: readonly string[]
  /** What is wrong with the row a block has written at `key`, or undefined. */
  broken(view: View, key: string): string | undefined
}
