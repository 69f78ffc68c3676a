import { type KeyObject, createPublicKey, createSign, createVerify } from 'node:crypto'
import { checkSm2Key, concatBytes, fromHex, sm2SignatureWellFormed, sm2Z } from '@dujiang/core/crypto'
import { ByteKeyedCache } from '../byte-keyed-cache.ts'
import { derFromRs, rsFromDer } from './der.ts'
import { sm3 } from './hashes.ts'

// OpenSSL makes an SM2 key only of an imported SubjectPublicKeyInfo; a generated one stays ECDSA over the SM2 curve.
const spkiPrefix = fromHex('3059301306072a8648ce3d020106082a811ccf5501822d034200')

type Sm2Key = { readonly keyObject: KeyObject; readonly z: Uint8Array }

const keys = new ByteKeyedCache<Sm2Key | undefined>(16_384, (publicKey) => {
  if (checkSm2Key(publicKey) !== undefined) return undefined
  const spki = Buffer.from(concatBytes(spkiPrefix, publicKey))
  return { keyObject: createPublicKey({ key: spki, format: 'der', type: 'spki' }), z: sm2Z(sm3, publicKey) }
})

/** Rules KEY-1 and SIG-1 to SIG-3. */
export function verifySm2(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 65 || !sm2SignatureWellFormed(signature)) return false
  const key = keys.get(publicKey)
  if (key === undefined) return false
  // The streaming form hashes exactly what it is given, so Z‖M makes the standard's digest e = SM3(Z‖M). The one-shot
  // form would put in front a Z of its own, with an empty user ID.
  return createVerify('sm3').update(key.z).update(message).verify(key.keyObject, derFromRs(signature))
}

/** r‖s over `message` by an imported SM2 private key whose public key is `publicKey`. */
export function signSm2(privateKey: KeyObject, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  return rsFromDer(createSign('sm3').update(sm2Z(sm3, publicKey)).update(message).sign(privateKey))
}
