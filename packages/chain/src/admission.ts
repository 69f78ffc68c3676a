import { type CryptoProvider, fromHex } from '@dujiang/core/crypto'
import type { ActDefinition, Application, KeyRecord, View } from './application.ts'
import { type Admission, inadmissible, isInadmissible } from './admission-refusals.ts'
import { type Body, type Envelope, readEnvelope } from './envelope.ts'
import type { Admitted } from './execute/order.ts'

/** Seven days: files carried through an isolation device need long ones, everything else minutes. */
export const LIFETIME_MS_MAX = 7 * 24 * 3_600_000

export interface Chain {
  readonly id: string
  readonly domain: string
}

/** What a transaction's bytes say, with the act they name; a function of bytes and code, so it may be kept. */
export interface Understood {
  readonly envelope: Envelope
  readonly act: ActDefinition
  /** The public key under which the signature has been found good, if one has. */
  verifiedUnder?: string
}

/** Reads a transaction's bytes as an act of this chain. Rules ENV-1 to ENV-8, in this order. */
export function understand(
  app: Application,
  crypto: CryptoProvider,
  chain: Chain,
  bytes: Uint8Array,
): Understood | Admission {
  const envelope = readEnvelope(crypto.sha256, bytes)
  if (isInadmissible(envelope)) return envelope
  const { body } = envelope
  if (body.chain !== chain.id) return inadmissible('wrongChain', { expected: chain.id })
  if (body.domain !== chain.domain) return inadmissible('wrongDomain', { expected: chain.domain })
  const act = app.act(body.act, body.v)
  if (act === undefined) return inadmissible('unknownAct', { act: body.act, version: body.v })
  const problem = act.explain(body.payload)
  if (problem !== undefined) return inadmissible('wrongShape', { ...problem, path: `/body/payload${problem.path}` })
  return { envelope, act }
}

/** The key that should have signed; from a view, since keys come and go. */
export function signingKey(app: Application, view: View, { org, key }: Body): KeyRecord | Admission {
  const record = app.key(view, org, key)
  if (record === undefined) return inadmissible('unknownKey', { org, key })
  if (view.timeMs < record.fromMs || view.timeMs >= record.untilMs) {
    return inadmissible('keyNotLive', { org, key, fromMs: record.fromMs, untilMs: record.untilMs })
  }
  return record
}

/** A verdict on the signature; remembered, since it depends on the bytes and the public key alone. */
export function signatureHolds(crypto: CryptoProvider, understood: Understood, key: KeyRecord): boolean {
  if (understood.verifiedUnder === key.publicKey) return true
  const { signedBytes, signature } = understood.envelope
  if (!crypto.verify(key.scheme, fromHex(key.publicKey), signedBytes, signature)) return false
  understood.verifiedUnder = key.publicKey
  return true
}

/** Was the act with this id executed? Known for as long as it has not expired. */
export type Seen = (id: string, expires: number) => boolean

/** The checks that come before the signature, and the key it must hold under. Rules ADM-1 to ADM-5, in this order. */
export function admitUnsigned(app: Application, view: View, seen: Seen, { body, id }: Envelope): KeyRecord | Admission {
  if (body.expires <= view.timeMs) return inadmissible('expired', { expires: body.expires, time: view.timeMs })
  if (body.expires - view.timeMs > LIFETIME_MS_MAX)
    return inadmissible('lifetimeTooLong', { lifetimeMsMax: LIFETIME_MS_MAX })
  if (seen(id, body.expires)) return inadmissible('repeated', { id })
  return signingKey(app, view, body)
}

/**
 * Every check of admission but the quota, which is counted where acts are executed. The same function guards the door
 * and the execution, there against the state before the block. Rules ADM-1 to ADM-7, in this order.
 */
export function admit(
  app: Application,
  crypto: CryptoProvider,
  view: View,
  seen: Seen,
  understood: Understood,
): Admitted | Admission {
  const { envelope, act } = understood
  const { body } = envelope
  const key = admitUnsigned(app, view, seen, envelope)
  if (isInadmissible(key)) return key
  if (!signatureHolds(crypto, understood, key)) return inadmissible('badSignature', { org: body.org, key: body.key })
  const denied = act.permit(view, signedOf(envelope, key.person))
  if (denied !== undefined) return inadmissible('notPermitted', { refusal: denied.name, ...denied.facts })
  return { envelope, act, route: act.route(body.payload, body.org), person: key.person }
}

export function signedOf(envelope: Envelope, person: string) {
  const { org, key, sequence, payload } = envelope.body
  return { id: envelope.id, org, key, person, sequence, payload }
}
