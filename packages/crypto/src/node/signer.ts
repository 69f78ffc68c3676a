import { type KeyObject, createECDH, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto'
import { type Scheme, type Signer, concatBytes, fromHex } from '@dujiang/core/crypto'
import { assertSecret, isSecret } from '../secret.ts'
import { signSm2 } from './sm2.ts'

const ed25519Pkcs8Prefix = fromHex('302e020100300506032b657004220420')
// PKCS#8 around RFC 5915's ECPrivateKey { version 1, the 32-byte d }, named curve SM2.
const sm2Pkcs8Prefix = fromHex('3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420')

/** A fresh 32-byte secret from the operating system: an Ed25519 seed, or SM2's d with 1 ≤ d ≤ n−2. */
export function generateSecret(scheme: Scheme): Uint8Array {
  for (;;) {
    const secret = Uint8Array.from(randomBytes(32))
    if (isSecret(scheme, secret)) return secret
  }
}

/**
 * The signer of a 32-byte secret (rule KEY-4); throws when the bytes are not one. SM2 signatures are randomised by
 * OpenSSL, Ed25519's are those of RFC 8032.
 */
export function signerFromSecret(scheme: Scheme, secret: Uint8Array): Signer {
  assertSecret(scheme, secret)
  return scheme === 'sm2' ? sm2Signer(secret) : ed25519Signer(secret)
}

function sm2Signer(secret: Uint8Array): Signer {
  const key = importPkcs8(sm2Pkcs8Prefix, secret)
  const ecdh = createECDH('SM2')
  ecdh.setPrivateKey(secret)
  const publicKey = Uint8Array.from(ecdh.getPublicKey())
  return { scheme: 'sm2', publicKey, sign: (message) => signSm2(key, publicKey, message) }
}

function ed25519Signer(secret: Uint8Array): Signer {
  const key = importPkcs8(ed25519Pkcs8Prefix, secret)
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
  return { scheme: 'ed25519', publicKey, sign: (message) => Uint8Array.from(sign(null, message, key)) }
}

function importPkcs8(prefix: Uint8Array, secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(concatBytes(prefix, secret)), format: 'der', type: 'pkcs8' })
}
