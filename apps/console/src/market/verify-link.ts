import { type Asked, toAddress } from '../verify/address.ts'

/**
 * Where anybody can verify a receipt or a row: printed as a QR code on notices and receipts. The chain on the paper is what a reader
 * pins: it has come another way than the node's answer.
 * @example verifyLink({ kind: 'receipt', id }, status.chain) // https://node.example/verify#id=80c6…&chain=6f0a…
 */
export function verifyLink(asked: Asked, chain: string): string {
  return `${window.location.origin}/verify${toAddress({ asked, chain })}`
}
