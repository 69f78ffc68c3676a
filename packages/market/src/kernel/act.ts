import type { ActDefinition, Decision, Effect, Refusal, Route, Signed, View } from '@dujiang/chain'
import type { Compiled, Json } from '@dujiang/core/codec'
import type { Role } from './roles.ts'

/** A text in both languages of the market. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A signed act with the payload its schema promises. */
export type Of<P> = Omit<Signed, 'payload'> & { readonly payload: P }

/** A business act: what it is called, who may do it, its shape, and the pure function that decides it. */
export interface Act<P = never> {
  readonly name: string
  readonly version: number
  readonly title: Words
  readonly schema: Compiled<P>
  readonly stage: ActDefinition['stage']
  /** Organisations with one of these roles may do it; what else must hold is a refusal of `decide`. */
  readonly roles: readonly Role[]
  /** What else must hold for it to be taken in at all. What fails this leaves no receipt, no id and no row. */
  admits?(view: View, act: Of<P>): Refusal | undefined
  route(payload: P, org: string): Route
  decide(view: View, act: Of<P>): Decision
  /**
   * The only organisations that may see the act and its receipt at this time, when not everyone may.
   * Without it the act is open to all members.
   */
  readers?(view: View, act: Of<P>): readonly string[] | undefined
  /** Block time from which it is too late for this act, where the state sets a limit to it. */
  deadlineMs?(view: View, act: Of<P>): number | undefined
}

/** What falls due: the family's own name for it, and the pure function that does it. */
export interface Due {
  readonly name: string
  readonly title: Words
  fall(view: View, key: string): readonly Effect[]
}

/** An act of any payload, as a registry holds it. */
export type AnyAct = Act<never> & {
  readonly schema: Compiled<unknown>
  admits?(view: View, act: Signed): Refusal | undefined
  route(payload: Json, org: string): Route
  decide(view: View, act: Signed): Decision
  readers?(view: View, act: Signed): readonly string[] | undefined
  deadlineMs?(view: View, act: Signed): number | undefined
}

/** Keeps the payload's type inside the act and hides it from the registry, which checks the shape before it calls. */
export function defineAct<P>(act: Act<P>): AnyAct {
  return act as unknown as AnyAct
}
