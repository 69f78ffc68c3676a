import { ed25519 } from '@noble/curves/ed25519.js'

/** Rule COMMIT-1: ZIP-215, the Ed25519 rule of CometBFT's votes. Never throws. */
export function verifyZip215(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  return ed25519.verify(signature, message, publicKey, { zip215: true })
}
