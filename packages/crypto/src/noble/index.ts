import { sha256 } from '@noble/hashes/sha2.js'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { verifyCommit, verifyEd25519 } from './ed25519.ts'
import { verifySm2 } from './sm2.ts'
import { sm3 } from './sm3.ts'

export { passphraseKey } from './passphrase-key.ts'
export { generateSecret, signerFromSecret } from './signer.ts'

/** The provider of a browser, and a node's second opinion: JavaScript alone, no platform beyond a random generator. */
export const nobleCrypto: CryptoProvider = {
  name: 'noble',
  sha256,
  sm3,
  verify: (scheme, publicKey, message, signature) =>
    scheme === 'sm2' ? verifySm2(publicKey, message, signature) : verifyEd25519(publicKey, message, signature),
  verifyCommit,
}
