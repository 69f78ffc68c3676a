import type { Json } from '@dujiang/core/codec'

/** What a node says when it does not do what it was asked. */
export interface RefusalBody {
  /** Permanent number. */
  readonly code: number
  /** Permanent name, e.g. `badSignature`. */
  readonly name: string
  readonly facts: { readonly [fact: string]: Json }
  readonly zh: string
  readonly en: string
  /** Can the same request succeed later? */
  readonly retry: boolean
}

/** A node understood the request and declined it. Where another node may do it, the client has asked the others. */
export class Refused extends Error {
  readonly status: number
  readonly refusal: RefusalBody
  /** The act's id, where the bytes sent have one. */
  readonly id: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, refusal: RefusalBody, id?: string, retryAfterSeconds?: number) {
    super(`${refusal.name}: ${refusal.en}`)
    this.name = 'Refused'
    this.status = status
    this.refusal = refusal
    this.id = id
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** No node could be asked, or none gave an answer that can be read. The request may have been carried out all the same. */
export class Unreachable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'Unreachable'
  }
}

/** What comes instead of an answer. */
export type Trouble = Refused | Unreachable

export const isTrouble = (error: unknown): error is Trouble => error instanceof Refused || error instanceof Unreachable
