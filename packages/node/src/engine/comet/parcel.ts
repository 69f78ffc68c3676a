import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

// Rule CMT-1: 0x01 ‖ nonce (8 bytes) ‖ zstd of: length (4 bytes, big-endian) ‖ bytes, for each act.

/** No act begins with it: an act is a JSON object. */
const TAG = 0x01
const NONCE_BYTES = 8
const LENGTH_BYTES = 4
const HEAD_BYTES = 1 + NONCE_BYTES

/** Acts of a parcel, with their lengths: so many are judged in one turn. One act may be as large by itself. */
export const PARCEL_BYTES_MAX = 64 * 1024
/** What a parcel may unfold to: a small one must not fill the memory. */
const UNPACKED_BYTES_MAX = PARCEL_BYTES_MAX + LENGTH_BYTES
/** An act has a signature of 64 random bytes, all but some bits of them: copies pack better, and would cost those who unpack them far more. */
const PACKED_ACT_BYTES_MIN = 60
/** The higher ones take several times as long for a tenth less. */
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const unpacking = { maxOutputLength: UNPACKED_BYTES_MAX }

export const parcelBytes = (actBytes: number): number => LENGTH_BYTES + actBytes

/** Several acts as one transaction of the mempool; the nonce tells it from an earlier parcel of the same acts. */
export function packParcel(acts: readonly Uint8Array[], nonce: bigint): Uint8Array {
  const list = Buffer.allocUnsafe(acts.reduce((bytes, act) => bytes + parcelBytes(act.length), 0))
  let at = 0
  for (const act of acts) {
    at = list.writeUInt32BE(act.length, at)
    list.set(act, at)
    at += act.length
  }
  const packed = zstdCompressSync(list, packing)
  const parcel = Buffer.allocUnsafe(HEAD_BYTES + packed.length)
  parcel.writeUInt8(TAG, 0)
  parcel.writeBigUInt64BE(nonce, 1)
  parcel.set(packed, HEAD_BYTES)
  return parcel
}

/** The acts of a transaction of the mempool: those of a parcel, or it is one act itself. Undefined when it is a broken parcel. */
export function unpackParcel(tx: Uint8Array): readonly Uint8Array[] | undefined {
  if (tx[0] !== TAG) return [tx]
  const packed = tx.subarray(HEAD_BYTES)
  const list = unpacked(packed)
  if (list === undefined) return undefined
  const actsMax = packed.length / PACKED_ACT_BYTES_MIN
  const view = new DataView(list.buffer, list.byteOffset, list.length)
  const acts: Uint8Array[] = []
  let at = 0
  while (at + LENGTH_BYTES <= list.length) {
    const start = at + LENGTH_BYTES
    at = start + view.getUint32(at)
    if (at > list.length || acts.length + 1 > actsMax) return undefined
    acts.push(list.subarray(start, at))
  }
  return at === list.length && acts.length > 0 ? acts : undefined
}

/** What tells a parcel from the others of the node that made it; undefined when it is one act itself, or too short for one. */
export function nonceOf(tx: Uint8Array): bigint | undefined {
  if (tx[0] !== TAG || tx.length < HEAD_BYTES) return undefined
  return new DataView(tx.buffer, tx.byteOffset, tx.length).getBigUint64(1)
}

function unpacked(packed: Uint8Array): Uint8Array | undefined {
  try {
    const { buffer, byteOffset, length } = zstdDecompressSync(packed, unpacking)
    // Not a Buffer: those who keep bytes of it may rely on `slice` to copy.
    return new Uint8Array(buffer, byteOffset, length)
  } catch {
    return undefined
  }
}
