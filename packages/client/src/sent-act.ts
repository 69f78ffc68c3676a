import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { decodeCanonical } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import { Unreachable } from './errors.ts'
import type { Accepted, Committed } from './types.ts'

/** An act as it is sent: always the same bytes, and what an answer to them must say. */
export interface SentAct {
  readonly bytes: Uint8Array
  /** UTC milliseconds; 0 for bytes that are no act: they are sent once and refused. */
  readonly expires: number
  /** Undefined where there is no hash function to make it with. */
  readonly id: string | undefined
}

export function sentAct(bytes: Uint8Array, sha256: Hash | undefined): SentAct {
  const decoded = decodeCanonical(bytes)
  const body = decoded.ok ? (decoded.value as { readonly body?: { readonly expires?: unknown } }).body : undefined
  const expires = typeof body?.expires === 'number' ? body.expires : 0
  const envelope = sha256 && readEnvelope(sha256, bytes)
  return { bytes, expires, id: envelope === undefined || isInadmissible(envelope) ? undefined : envelope.id }
}

/**
 * The answer, if it is one to this act; an answer to another, or a promise where a receipt was asked for, is as good as none.
 * Rule CLIENT-9.
 */
export function answerTo<T extends Committed | Accepted>({ id }: SentAct, answer: T, mayBePromise = false): T {
  const promise = answer.state === 'accepted'
  const inside = promise ? answer.intake.id : answer.receipt.id
  if ((!promise || mayBePromise) && inside === answer.id && (id === undefined || id === answer.id)) return answer
  throw new Unreachable(`an answer to the act ${answer.id} (${answer.state}) instead of ${id ?? inside}`, undefined)
}
