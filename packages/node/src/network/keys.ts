import { addressOf } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** The name of a node among its peers: hexadecimal of the first 20 bytes of the SHA-256 of its Ed25519 public key. */
export function nodeIdOf(publicKey: Uint8Array): string {
  return toHex(addressOf(nodeCrypto.sha256, publicKey))
}

/** The name of the node that {@link nodeKeyFile} makes of this secret (32 bytes). */
export function nodeIdOfSecret(secret: Uint8Array): string {
  return nodeIdOf(signerFromSecret('ed25519', secret).publicKey)
}

/** `node_key.json`: what the node proves its name with. `secret` is an Ed25519 secret of 32 bytes, here and below. */
export function nodeKeyFile(secret: Uint8Array): string {
  return JSON.stringify({ priv_key: privateKey(secret) })
}

/** `priv_validator_key.json`: what the validator signs votes with. */
export function validatorKeyFile(secret: Uint8Array): string {
  const { publicKey } = signerFromSecret('ed25519', secret)
  const file = {
    address: toHex(addressOf(nodeCrypto.sha256, publicKey)).toUpperCase(),
    pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
    priv_key: privateKey(secret),
  }
  return JSON.stringify(file, undefined, 2)
}

/** `priv_validator_state.json` of a key that has signed nothing. */
export const NOTHING_SIGNED = JSON.stringify({ height: '0', round: 0, step: 0 }, undefined, 2)

/** Go keeps the secret with the public key behind it. */
function privateKey(secret: Uint8Array) {
  const { publicKey } = signerFromSecret('ed25519', secret)
  return { type: 'tendermint/PrivKeyEd25519', value: Buffer.concat([secret, publicKey]).toString('base64') }
}
