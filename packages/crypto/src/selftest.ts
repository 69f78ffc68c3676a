import {
  type CryptoProvider,
  type Scheme,
  type Signer,
  bigFromBytes,
  bigFromBytesLe,
  bytes32FromBig,
  concatBytes,
  ed25519Curve,
  fromHex,
  sm2Curve,
  toHex,
} from '@dujiang/core/crypto'
import { ed25519Vectors, hashVectors, sm2Vector, smallOrderForgery } from './standard-vectors.ts'

/**
 * Runs the standards' own examples through a provider and throws, naming the first that fails. A node calls it before it
 * signs or judges anything: how OpenSSL is reached for SM2 rests on behaviour that its maintainers may change.
 * @example selfTest(nodeCrypto, signerFromSecret)
 */
export function selfTest(
  provider: CryptoProvider,
  signerFromSecret: (scheme: Scheme, secret: Uint8Array) => Signer,
): void {
  const expect = (holds: boolean, vector: string) => {
    if (!holds) throw new Error(`the ${provider.name} crypto provider fails its self-test: ${vector}`)
  }

  for (const { name, hash, message, digest } of hashVectors) {
    expect(toHex(provider[hash](message)) === digest, name)
  }

  for (const { name, scheme, secret, publicKey, message, signature } of [sm2Vector, ...ed25519Vectors]) {
    const signer = signerFromSecret(scheme, fromHex(secret))
    const key = fromHex(publicKey)
    const good = fromHex(signature)
    expect(toHex(signer.publicKey) === publicKey, `${name}, public key`)
    expect(provider.verify(scheme, key, message, good), `${name}, the signature`)
    const made = signer.sign(message)
    expect(provider.verify(scheme, key, message, made), `${name}, a signature made here`)
    expect(scheme === 'sm2' || toHex(made) === signature, `${name}, the one signature there is`)
    expect(!provider.verify(scheme, key, concatBytes(message, Uint8Array.of(0)), good), `${name}, another message`)
    expect(!provider.verify(scheme, key, message, changed(good, 31)), `${name}, first half changed`)
    expect(!provider.verify(scheme, key, message, changed(good, 32)), `${name}, second half changed`)
    expect(!provider.verify(scheme, changed(key, 5), message, good), `${name}, another key`)
    expect(!provider.verify(scheme, key, message, concatBytes(good, Uint8Array.of(0))), `${name}, a byte too many`)
    expect(!provider.verify(scheme, key, message, withOrderAdded(scheme, good)), `${name}, the order added`)
  }

  for (const { name, publicKey, message, signature } of ed25519Vectors) {
    expect(provider.verifyCommit(fromHex(publicKey), message, fromHex(signature)), `${name}, as a vote`)
  }
  const forgery = [
    fromHex(smallOrderForgery.publicKey),
    smallOrderForgery.message,
    fromHex(smallOrderForgery.signature),
  ] as const
  expect(!provider.verify('ed25519', ...forgery), 'a small-order key signs nothing')
  expect(provider.verifyCommit(...forgery), 'a small-order key passes ZIP-215')
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

/**
 * The signature with n added to r, or L to S, in one byte more than 64 where it does not fit: equal modulo the order, and
 * what a verifier that forgets its range or its lengths lets through.
 */
function withOrderAdded(scheme: Scheme, signature: Uint8Array): Uint8Array {
  const left = signature.subarray(0, 32)
  const right = signature.subarray(32)
  if (scheme === 'ed25519') return concatBytes(left, bytes32FromBig(bigFromBytesLe(right) + ed25519Curve.l).reverse())
  const r = bigFromBytes(left) + sm2Curve.n
  const carry = r >> 256n === 0n ? new Uint8Array(0) : Uint8Array.of(1)
  return concatBytes(carry, bytes32FromBig(r & ((1n << 256n) - 1n)), right)
}
