import type { Checkpoint, Event, LightAttack, Receipt, SignedAct, TrustedKey, VerifyStep } from '@dujiang/chain'
import type { OmissionVerdict } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import type { CompareWord } from './verify-words.ts'

/** Steps of the chain's own verifier, and those that a promise, two histories or witnesses add. */
export type StepName =
  | VerifyStep
  | 'witnesses'
  | 'promise'
  | 'signer'
  | 'since'
  | 'outcome'
  | 'sideOne'
  | 'sideTwo'
  | 'apart'

/** `absent`: the file has nothing to check there. `open`: it holds, but rests on something the reader must know from elsewhere. */
export type StepState = 'held' | 'broken' | 'unreached' | 'absent' | 'open'

export interface Step {
  readonly name: StepName
  readonly state: StepState
  /** Why it broke, in the verifier's words. */
  readonly reason?: string
  /** What was laid side by side. */
  readonly compared: readonly Compared[]
  /** Where in the file it broke, when a byte can be named. */
  readonly excerpt?: Excerpt
}

/** Something the file states; `computed` is what this machine has made of the rest of the file. */
export interface Compared {
  readonly word: CompareWord
  readonly stated: string
  readonly computed?: string
}

export interface Excerpt {
  readonly atByte: number
  readonly before: string
  readonly bad: string
  readonly after: string
}

/** A checkpoint with the card of the node that signed it. */
export interface Kept {
  readonly checkpoint: Checkpoint
  readonly card: NodeCard
}

/** Of a node's card, what says whose its key is. */
export interface NodeCard {
  readonly org: string
  readonly name: string
  readonly doorKey: string
}

/** What a file shows when every step holds. */
export type Shown =
  | {
      readonly kind: 'receipt'
      readonly receipt: Receipt
      readonly events: readonly Event[]
      readonly act?: SignedAct
      /** Of the header under which it is proved. */
      readonly provedAtHeight: number
    }
  | { readonly kind: 'state'; readonly key: string; readonly value?: Json; readonly height: number }
  | { readonly kind: 'promise'; readonly verdict: OmissionVerdict; readonly node: string; readonly org?: string }
  | {
      readonly kind: 'divergence'
      readonly sources: readonly [string, string]
      readonly height: number
      /** Whose the keys of the genesis file are. */
      readonly orgs: ReadonlyMap<string, string>
      /** If the first history is false, and if the second is. */
      readonly attacks: readonly [LightAttack, LightAttack]
    }

export interface Report {
  readonly about: Shown['kind']
  readonly steps: readonly Step[]
  readonly holds: boolean
  /** Only where it holds. */
  readonly shown?: Shown
  /** The keys an answer rests on; of validators that joined later the genesis file does not say whose. */
  readonly trusts: readonly TrustedKey[]
  readonly witnesses: readonly Kept[]
}

/** The steps in their order, the first that did not hold broken and those after it not reached. */
export function stepsUntil(
  names: readonly StepName[],
  broken: { readonly step: StepName; readonly reason: string } | undefined,
  compared: (name: StepName) => readonly Compared[],
  absent: ReadonlySet<StepName> = new Set(),
): readonly Step[] {
  const at = broken === undefined ? names.length : names.indexOf(broken.step)
  return names.map((name, place): Step => {
    if (place > at) return { name, state: 'unreached', compared: [] }
    if (place === at) return { name, state: 'broken', compared: compared(name), reason: broken?.reason ?? '' }
    return { name, state: absent.has(name) ? 'absent' : 'held', compared: compared(name) }
  })
}
