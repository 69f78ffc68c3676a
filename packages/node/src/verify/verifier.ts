import type { Scheme } from '@dujiang/core/crypto'

/** A question to the crypto provider's `verify`. */
export interface SignatureCheck {
  readonly scheme: Scheme
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** Puts a check that still waits before all that are not hastened: a block waits for it. */
export type Hasten = () => void

/** Judges signatures somewhere. */
export interface Verifier {
  /**
   * Calls `done` once with the verdict, later or at once; never after `close`. How many may wait is the caller's to bound.
   */
  check(check: SignatureCheck, done: (holds: boolean) => void): Hasten
  close(): Promise<void>
}
