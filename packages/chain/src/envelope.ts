import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Hash, type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import { type Admission, inadmissible } from './admission-refusals.ts'
import { concat, utf8 } from './bytes.ts'
import { envelopeSchema } from './envelope-schema.ts'

/** What is signed: who asks for what, on which ledger, until when. */
export interface Body {
  readonly act: string
  /** The genesis hash: a body signed for one ledger means nothing on another. */
  readonly chain: string
  readonly domain: string
  /** UTC milliseconds; the act may be executed in a block of an earlier time only. */
  readonly expires: number
  readonly key: string
  readonly org: string
  readonly payload: Json
  /** The client's own reference. */
  readonly ref: string
  /** Must exceed the last one accepted for the same actor and stream. */
  readonly sequence: number
  /** Version of the act. */
  readonly v: number
}

/** A transaction's bytes understood; a function of the bytes alone. */
export interface Envelope {
  readonly bytes: Uint8Array
  readonly body: Body
  /** Domain tag followed by the body exactly as received. */
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
  /** SHA-256 of the signed bytes: a second signature over the same body is the same act. */
  readonly id: string
}

export const TX_BYTES_MAX = 65_536

const SIGNED_TAG = utf8('dujiang/act/1\n')
// In canonical JSON the envelope is {"body":…,"sig":"<128 hex digits>"}, so the body is found by counting.
const HEAD_BYTES = '{"body":'.length
const TAIL_BYTES = ',"sig":""}'.length + 128

/** Reads a transaction. Rules ENV-1 (size), ENV-2 (canonical), ENV-3 (shape). */
export function readEnvelope(sha256: Hash, bytes: Uint8Array): Envelope | Admission {
  if (bytes.length > TX_BYTES_MAX) return inadmissible('tooLarge', { bytes: bytes.length, bytesMax: TX_BYTES_MAX })
  const decoded = decodeCanonical(bytes)
  if (!decoded.ok) return inadmissible('malformed', { reason: decoded.reason, at: decoded.at })
  const problem = envelopeSchema.explain(decoded.value)
  if (problem !== undefined) return inadmissible('wrongShape', { ...problem })
  const { body, sig } = decoded.value as unknown as { body: Body; sig: string }
  const signedBytes = concat(SIGNED_TAG, bytes.subarray(HEAD_BYTES, bytes.length - TAIL_BYTES))
  return { bytes, body, signedBytes, signature: fromHex(sig), id: toHex(sha256(signedBytes)) }
}

/** Signs a body and gives the transaction's bytes. Rule ENV-4. */
export function signBody(signer: Signer, body: Body): Uint8Array {
  const bodyBytes = encodeCanonicalBytes(body as unknown as Json)
  return writeEnvelope(bodyBytes, signer.sign(concat(SIGNED_TAG, bodyBytes)))
}

/** The id an act has from its body, before any signature. Rule ENV-4. */
export function idOf(sha256: Hash, body: Body): string {
  return toHex(sha256(concat(SIGNED_TAG, encodeCanonicalBytes(body as unknown as Json))))
}

function writeEnvelope(bodyBytes: Uint8Array, signature: Uint8Array): Uint8Array {
  return concat(utf8('{"body":'), bodyBytes, utf8(`,"sig":"${toHex(signature)}"}`))
}
