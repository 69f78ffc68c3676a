import type { CryptoProvider } from '@dujiang/core/crypto'
import { verifyCommit, verifyEd25519 } from './ed25519.ts'
import { sha256, sm3 } from './hashes.ts'
import { verifySm2 } from './sm2.ts'

export { generateSecret, signerFromSecret } from './signer.ts'

/** The provider of a node: OpenSSL through node:crypto, held to the written rule whatever OpenSSL would accept. */
export const nodeCrypto: CryptoProvider = {
  name: 'node',
  sha256,
  sm3,
  verify: (scheme, publicKey, message, signature) =>
    scheme === 'sm2' ? verifySm2(publicKey, message, signature) : verifyEd25519(publicKey, message, signature),
  verifyCommit,
}
