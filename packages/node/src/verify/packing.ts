import type { Scheme } from '@dujiang/core/crypto'
import type { SignatureCheck } from './verifier.ts'

// One buffer for a batch: cloning a few hundred small arrays costs more than checking some of the signatures.
// Each check: scheme (1), length of key (1), of signature (2), of message (4), then key, signature, message.

const SCHEMES: readonly Scheme[] = ['sm2', 'ed25519']
const HEAD_BYTES = 8

export function packChecks(checks: readonly SignatureCheck[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(checks.reduce((sum, check) => sum + packedBytes(check), 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const { scheme, publicKey, signature, message } of checks) {
    view.setUint8(at, SCHEMES.indexOf(scheme))
    view.setUint8(at + 1, publicKey.length)
    view.setUint16(at + 2, signature.length)
    view.setUint32(at + 4, message.length)
    at += HEAD_BYTES
    for (const part of [publicKey, signature, message]) {
      bytes.set(part, at)
      at += part.length
    }
  }
  return bytes
}

export function unpackChecks(bytes: Uint8Array): SignatureCheck[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const checks: SignatureCheck[] = []
  for (let at = 0; at < bytes.length; ) {
    const scheme = SCHEMES[view.getUint8(at)] as Scheme
    const lengths = [view.getUint8(at + 1), view.getUint16(at + 2), view.getUint32(at + 4)] as const
    at += HEAD_BYTES
    const [publicKey, signature, message] = lengths.map((length) => bytes.subarray(at, (at += length)))
    checks.push({ scheme, publicKey, signature, message } as SignatureCheck)
  }
  return checks
}

const packedBytes = ({ publicKey, signature, message }: SignatureCheck): number =>
  HEAD_BYTES + publicKey.length + signature.length + message.length
