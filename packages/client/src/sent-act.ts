import { type Body, isInadmissible, readEnvelope } from '@dujiang/chain'
import { decodeCanonical } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import { Unreachable } from './errors.ts'
import type { Accepted, Committed } from './types.ts'

/** An act as it is sent: always the same bytes, and what an answer to them must say. */
export interface SentAct {
  readonly bytes: Uint8Array
  /** The ledger it is signed for; undefined for bytes that are no act. */
  readonly chain: string | undefined
  /** UTC milliseconds; 0 for bytes that are no act: they are sent once and refused. */
  readonly expires: number
  /** Undefined where there is no hash function to make it with. */
  readonly id: string | undefined
}

export function sentAct(bytes: Uint8Array, sha256: Hash | undefined): SentAct {
  const decoded = decodeCanonical(bytes)
  const value = decoded.ok ? (decoded.value as { readonly body?: Partial<Body> | null } | null) : null
  const expires = typeof value?.body?.expires === 'number' ? value.body.expires : 0
  const chain = value?.body?.chain
  const envelope = sha256 && readEnvelope(sha256, bytes)
  return { bytes, chain, expires, id: envelope === undefined || isInadmissible(envelope) ? undefined : envelope.id }
}

/**
 * The answer, if it is one to this act; an answer to another, a promise of another ledger, or one where a receipt was asked for,
 * is as good as none. Rule CLIENT-9.
 */
export function answerTo<T extends Committed | Accepted>({ chain, id }: SentAct, answer: T, mayBePromise = false): T {
  const promise = answer.state === 'accepted'
  const inside = promise ? answer.intake.id : answer.receipt.id
  const isAsked = !promise || (mayBePromise && answer.intake.chain === chain)
  if (isAsked && inside === answer.id && (id === undefined || id === answer.id)) return answer
  throw new Unreachable(`an answer to the act ${answer.id} (${answer.state}) instead of ${id ?? inside}`, undefined)
}
