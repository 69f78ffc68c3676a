import type { Json } from '@dujiang/core/codec'
import type { Hash, Scheme } from '@dujiang/core/crypto'
import type { Validator } from './comet/index.ts'
import type { GenesisValidator } from './genesis.ts'

/**
 * What a ledger runs. The chain orders, admits, remembers, hashes and proves; every rule of a business is the
 * Application's. All methods are pure functions of their arguments: no clock, no randomness, no memory of their own.
 */
export interface Application {
  readonly name: string
  /** The state a genesis file begins with; throws when the genesis section is not one of this Application's. */
  initialise(section: Json, sha256: Hash): readonly Effect[]
  /** The act a body names, or undefined. */
  act(name: string, version: number): ActDefinition | undefined
  /** The organisation's key as the state before the block knows it, live or not. */
  key(view: View, org: string, keyId: string): KeyRecord | undefined
  /** How many acts this organisation may execute within one minute of block time. */
  actsPerMinuteMax(view: View, org: string): number
  /** Does what fell due; called once for each wake, in order of due time, name and key. */
  fallDue(view: View, wake: Wake): readonly Effect[]
  /** Throws a Defect naming the invariant that the block's writes have broken. */
  checkInvariants(view: View, written: ReadonlySet<string>): void
  /** Who signs blocks, where the state decides on it; without it, those of the genesis file for ever. */
  readonly validators?: ValidatorRows
  /** Puts on record what the engine has proved against a validator. */
  misbehaved?(view: View, misbehaviour: Misbehaviour): readonly Effect[]
}

/** The validators as rows of the state. A change made in one block counts from the second block after it. Rule VAL-1. */
export interface ValidatorRows {
  /** What the keys of these rows, and of no others, begin with. */
  readonly prefix: string
  read(view: View): readonly Validator[]
  /** Seats those of a genesis file in place of any there are. */
  seat(view: View, founders: readonly GenesisValidator[]): readonly Effect[]
}

/** A fault of a validator that its own signatures prove. */
export interface Misbehaviour {
  readonly kind: 'duplicateVote' | 'lightClientAttack'
  /** Whose: 20 bytes, hexadecimal. */
  readonly address: string
  /** Where it was done. */
  readonly height: number
  readonly timeMs: number
  /** Its voting power then, and that of all. */
  readonly power: number
  readonly totalPower: number
}

/** Read access to the state, and the block in which one reads. */
export interface View {
  readonly height: number
  /** Block time, UTC milliseconds. */
  readonly timeMs: number
  /** Time of the block before; of the genesis file in the first one. */
  readonly previousTimeMs: number
  /** The ledger's hash function. */
  readonly sha256: Hash
  get(key: string): Json | undefined
  /** Entries whose key starts with `prefix`, in ascending order of key. */
  scan(prefix: string): Iterable<readonly [key: string, value: Json]>
}

export interface ActDefinition {
  readonly name: string
  readonly version: number
  /** The first problem of a payload, or undefined when it has the act's shape. */
  explain(payload: Json): ShapeProblem | undefined
  /** Registry and rule acts are executed before session acts of the same block. */
  readonly stage: 'registry' | 'session'
  /** Whose acts keep their sequence, and within which stream. Called only with a payload of the right shape. */
  route(payload: Json, org: string): Route
  /** May this signer do this act? Asked at admission, against the state before the block. */
  permit(view: View, signer: Signed): Refusal | undefined
  decide(view: View, act: Signed): Decision
  /** Block time from which it is too late for this act, where the state sets a limit. Called only with a payload of the right shape. */
  deadlineMs?(view: View, act: Signed): number | undefined
}

export interface ShapeProblem {
  readonly path: string
  readonly rule: string
  readonly [fact: string]: Json
}

export interface Route {
  readonly stream: string
  readonly actor: string
}

/** A signed act as an Application sees it. */
export interface Signed {
  readonly id: string
  readonly org: string
  readonly key: string
  readonly person: string
  readonly sequence: number
  readonly payload: Json
}

export interface KeyRecord {
  readonly scheme: Scheme
  /** Hexadecimal. */
  readonly publicKey: string
  /** Who signs with it: what needs two persons is told apart by this. */
  readonly person: string
  readonly fromMs: number
  /** The first instant at which it is no longer valid. */
  readonly untilMs: number
}

/**
 * Something to be done at the start of the first block whose time has reached `atMs`. It must be later than what sets it:
 * the block's time for an act, its own due time for what falls due itself (which may be past already when a block is late).
 */
export interface Wake {
  readonly atMs: number
  readonly name: string
  readonly key: string
}

/** What an accepted act changes, as data: one writer applies it. */
export type Effect =
  | { readonly kind: 'put'; readonly key: string; readonly value: Json }
  | { readonly kind: 'drop'; readonly key: string }
  | { readonly kind: 'event'; readonly name: string; readonly data: { readonly [field: string]: Json } }
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'cancelWake'; readonly wake: Wake }
  /** A stream has ended: its sequences need not be remembered. */
  | { readonly kind: 'forgetStream'; readonly stream: string }

/** A declined request: a permanent number, a name, and the facts its sentence is made of. */
export interface Refusal {
  readonly code: number
  readonly name: string
  readonly facts: { readonly [name: string]: Json }
}

export type Decision =
  | { readonly accepted: true; readonly effects: readonly Effect[] }
  | { readonly accepted: false; readonly refusal: Refusal }

export const accept = (...effects: readonly Effect[]): Decision => ({ accepted: true, effects })
export const refuse = (refusal: Refusal): Decision => ({ accepted: false, refusal })
