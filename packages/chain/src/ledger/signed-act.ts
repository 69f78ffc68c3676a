import { type Json, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type CryptoProvider, type Scheme, keyId, parseHex, toHex } from '@dujiang/core/crypto'
import { isInadmissible } from '../admission-refusals.ts'
import type { Application, View } from '../application.ts'
import { type Body, readEnvelope } from '../envelope.ts'

/** An act as it was signed, with the key to check it: the body names the key by a hash of it. */
export interface SignedAct {
  readonly body: Body
  readonly key: { readonly publicKey: string; readonly scheme: Scheme }
  readonly sig: string
}

/** The act in a transaction's bytes, for a proof; undefined when the bytes are no act or the state does not know its key. */
export function signedAct(app: Application, view: View, tx: Uint8Array): SignedAct | undefined {
  const envelope = readEnvelope(view.sha256, tx)
  if (isInadmissible(envelope)) return undefined
  const { body, signature } = envelope
  const record = app.key(view, body.org, body.key)
  if (record === undefined) return undefined
  return { body, key: { publicKey: record.publicKey, scheme: record.scheme }, sig: toHex(signature) }
}

export const signedActSchema = s.object({
  body: s.anyObject(),
  key: s.object({ publicKey: s.text(130), scheme: s.enumOf(['ed25519', 'sm2']) }),
  sig: s.hex(64),
})

/** Why this is not the act with this id, signed with the key it names; undefined when it is. Rule PROOF-3. */
export function signedActFault(crypto: CryptoProvider, { body, key, sig }: SignedAct, id: string): string | undefined {
  const envelope = readEnvelope(crypto.sha256, encodeCanonicalBytes({ body: body as unknown as Json, sig }))
  if (isInadmissible(envelope)) return `the act is not one: ${envelope.name}`
  if (envelope.id !== id) return 'the act has another id than the receipt'
  const publicKey = parseHex(key.publicKey)
  if (publicKey === undefined || keyId(crypto.sha256, key.scheme, publicKey) !== envelope.body.key) {
    return 'the key is not the one the act names'
  }
  const { signedBytes, signature } = envelope
  return crypto.verify(key.scheme, publicKey, signedBytes, signature) ? undefined : 'the signature of the act is false'
}
