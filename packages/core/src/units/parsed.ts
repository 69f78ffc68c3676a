/** Typed particulars of a refusal: never sentences. */
export type Facts = Readonly<Record<string, string | number>>

/** A text not understood: at which character (UTF-16 index, or the length when it ended too early), and why. */
export interface ParseFailure<Reason extends string> {
  readonly ok: false
  readonly at: number
  readonly reason: Reason
  readonly facts: Facts
}

/** What reading a text gives: a refusal is a value, never a throw. */
export type Parsed<Value, Reason extends string> = { readonly ok: true; readonly value: Value } | ParseFailure<Reason>

/** A refusal at character `at`. */
export function failure<Reason extends string>(at: number, reason: Reason, facts: Facts = {}): ParseFailure<Reason> {
  return { ok: false, at, reason, facts }
}
