// Rule CMT-1: 0x01 ‖ nonce (8 bytes), then length (4 bytes, big-endian) ‖ bytes for each act.

/** No act begins with it: an act is a JSON object. */
const TAG = 0x01
const NONCE_BYTES = 8
const LENGTH_BYTES = 4
const HEAD_BYTES = 1 + NONCE_BYTES

/** What a parcel may hold, so that gossip passes it on in one piece. */
export const PARCEL_BYTES_MAX = 64 * 1024

export const parcelBytes = (actBytes: number): number => LENGTH_BYTES + actBytes

/** Several acts as one transaction of the mempool; the nonce tells it from an earlier parcel of the same acts. */
export function packParcel(acts: readonly Uint8Array[], nonce: bigint): Uint8Array {
  const parcel = Buffer.allocUnsafe(acts.reduce((bytes, act) => bytes + parcelBytes(act.length), HEAD_BYTES))
  parcel.writeUInt8(TAG, 0)
  let at = parcel.writeBigUInt64BE(nonce, 1)
  for (const act of acts) {
    at = parcel.writeUInt32BE(act.length, at)
    parcel.set(act, at)
    at += act.length
  }
  return parcel
}

/** The acts of a transaction of the mempool: those of a parcel, or it is one act itself. Undefined when it is a broken parcel. */
export function unpackParcel(tx: Uint8Array): readonly Uint8Array[] | undefined {
  if (tx[0] !== TAG) return [tx]
  const view = new DataView(tx.buffer, tx.byteOffset, tx.length)
  const acts: Uint8Array[] = []
  let at = HEAD_BYTES
  while (at + LENGTH_BYTES <= tx.length) {
    const start = at + LENGTH_BYTES
    at = start + view.getUint32(at)
    if (at > tx.length) return undefined
    acts.push(tx.subarray(start, at))
  }
  return at === tx.length && acts.length > 0 ? acts : undefined
}

/** What tells a parcel from the others of the node that made it; undefined when it is one act itself, or too short for one. */
export function nonceOf(tx: Uint8Array): bigint | undefined {
  if (tx[0] !== TAG || tx.length < HEAD_BYTES) return undefined
  return new DataView(tx.buffer, tx.byteOffset, tx.length).getBigUint64(1)
}
