/** An act the node has promised to bring into a block. */
export interface IntakeEntry {
  /** The act's id, 32 bytes. */
  readonly id: Uint8Array
  /** Block time after which no block may take it, UTC milliseconds. */
  readonly expiryMs: number
  /** The signed transaction, to be sent again as it is. */
  readonly tx: Uint8Array
}

export type IntakeRecord =
  | { readonly kind: 'kept'; readonly entry: IntakeEntry }
  | { readonly kind: 'settled'; readonly ids: Uint8Array[] }

export const ID_BYTES = 32
const KEPT = 1
const SETTLED = 2
const KEPT_HEADER_BYTES = 1 + ID_BYTES + 8

/** kind 1 ‖ id ‖ expiry (8 bytes, big-endian) ‖ transaction */
export function encodeKept(entry: IntakeEntry): Uint8Array {
  const bytes = new Uint8Array(KEPT_HEADER_BYTES + entry.tx.length)
  bytes[0] = KEPT
  bytes.set(entry.id, 1)
  new DataView(bytes.buffer).setBigUint64(1 + ID_BYTES, BigInt(entry.expiryMs))
  bytes.set(entry.tx, KEPT_HEADER_BYTES)
  return bytes
}

/** kind 2 ‖ ids */
export function encodeSettled(ids: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + ID_BYTES * ids.length)
  bytes[0] = SETTLED
  for (const [at, id] of ids.entries()) bytes.set(id, 1 + ID_BYTES * at)
  return bytes
}

/** Throws for bytes that no encoder here makes: the journal's checksum has passed, so another program wrote them. */
export function decodeIntakeRecord(bytes: Uint8Array): IntakeRecord {
  if (bytes[0] === KEPT && bytes.length >= KEPT_HEADER_BYTES) {
    const expiry = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(1 + ID_BYTES)
    const entry = { id: bytes.slice(1, 1 + ID_BYTES), expiryMs: Number(expiry), tx: bytes.slice(KEPT_HEADER_BYTES) }
    return { kind: 'kept', entry }
  }
  if (bytes[0] === SETTLED && (bytes.length - 1) % ID_BYTES === 0) {
    const count = (bytes.length - 1) / ID_BYTES
    const ids = Array.from({ length: count }, (_, at) => bytes.slice(1 + ID_BYTES * at, 1 + ID_BYTES * (at + 1)))
    return { kind: 'settled', ids }
  }
  throw new Error(`intake record of unknown kind ${bytes[0]}`)
}
