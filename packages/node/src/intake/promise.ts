import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { type CryptoProvider, type Signer, concatBytes, fromHex, toHex } from '@dujiang/core/crypto'
import type { IntakeReceipt } from '../service/ledger-node.ts'

const TAG = new TextEncoder().encode('dujiang/intake/1\n')

type Promised = Pick<IntakeReceipt, 'chain' | 'height' | 'id' | 'mayNotCount' | 'withinSeconds'>

/** Signs a promise with the node's Ed25519 key. Rule IN-5. */
export function signPromise(nodeKey: Signer, promised: Promised): IntakeReceipt {
  const unsigned = { ...promised, kind: 'accepted', node: toHex(nodeKey.publicKey) } as const
  return { ...unsigned, signature: toHex(nodeKey.sign(signedBytes(unsigned))) }
}

/** Did the node it names sign this? Whose key that is, the reader must know. */
export function promiseHolds(crypto: CryptoProvider, receipt: IntakeReceipt): boolean {
  const { signature, ...unsigned } = receipt
  return crypto.verify('ed25519', fromHex(receipt.node), signedBytes(unsigned), fromHex(signature))
}

const signedBytes = (unsigned: Omit<IntakeReceipt, 'signature'>): Uint8Array =>
  concatBytes(TAG, encodeCanonicalBytes({ ...unsigned }))
