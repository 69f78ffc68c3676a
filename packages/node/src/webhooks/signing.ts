import { createHmac } from 'node:crypto'
import { type Signer, fromHex, toHex } from '@dujiang/core/crypto'

/** What is signed of a delivery, by the node's key and with the shared secret. Rule HOOK-3. */
export function deliveryMessage(timestampMs: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`dujiang/webhook/1\n${timestampMs}\n`), body])
}

/** The headers of a delivery made at this time. */
export function deliveryHeaders(signer: Signer, secret: string, timestampMs: number, body: Uint8Array) {
  const message = deliveryMessage(timestampMs, body)
  return {
    'content-type': 'application/json',
    'user-agent': 'dujiang-webhook/1',
    'dujiang-timestamp': String(timestampMs),
    'dujiang-node': toHex(signer.publicKey),
    'dujiang-signature': toHex(signer.sign(message)),
    'dujiang-hmac': createHmac('sha256', fromHex(secret)).update(message).digest('hex'),
  }
}
