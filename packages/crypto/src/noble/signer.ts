import { ed25519 } from '@noble/curves/ed25519.js'
import { type Scheme, type Signer, bigFromBytes } from '@dujiang/core/crypto'
import { assertSecret } from '../secret.ts'
import { signSm2, sm2PublicKey } from './sm2.ts'

export { randomSecret as generateSecret } from './random.ts'

/** The signer of a 32-byte secret (rule KEY-4); throws when the bytes are not one. */
export function signerFromSecret(scheme: Scheme, secret: Uint8Array): Signer {
  assertSecret(scheme, secret)
  if (scheme === 'sm2') {
    const d = bigFromBytes(secret)
    const publicKey = sm2PublicKey(d)
    return { scheme, publicKey, sign: (message) => signSm2(d, publicKey, message) }
  }
  const seed = Uint8Array.from(secret)
  return { scheme, publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) }
}
