import {
  type SealedBlock,
  TX_BYTES_MAX,
  commitFromJson,
  commitToJson,
  headerFromJson,
  headerToJson,
} from '@dujiang/chain'
import { decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'

// Rule REC-1: u32 length ‖ canonical JSON of {commit, header}, then u32 length ‖ bytes for each transaction; big-endian.

const LENGTH_BYTES = 4
const HEAD_LIMITS = { bytesMax: 4 * 1024 * 1024, itemsMax: 10_000, keysMax: 64 }

/** A block as one record of the journal. Transactions stand as the bytes they are: nothing is decoded to be kept. */
export function writeRecord({ header, commit, txs }: SealedBlock): Uint8Array {
  const head = encodeCanonicalBytes({ commit: commitToJson(commit), header: headerToJson(header) })
  const parts = [head, ...txs]
  const record = Buffer.allocUnsafe(parts.reduce((bytes, part) => bytes + LENGTH_BYTES + part.length, 0))
  let at = 0
  for (const part of parts) {
    at = record.writeUInt32BE(part.length, at)
    record.set(part, at)
    at += part.length
  }
  return record
}

/** Reads one; a string is the reason it is not one. The transactions are views of `record`. */
export function readRecord(record: Uint8Array): SealedBlock | string {
  const parts = partsOf(record)
  if (typeof parts === 'string') return parts
  const [head, ...txs] = parts
  if (head === undefined) return 'it is empty'
  const decoded = decodeCanonical(head, HEAD_LIMITS)
  if (!decoded.ok) return `head: ${decoded.reason} at byte ${decoded.at}`
  if (typeof decoded.value !== 'object' || Array.isArray(decoded.value)) return 'head: not an object'
  const { commit, header, ...more } = decoded.value as { [name: string]: unknown }
  if (Object.keys(more).length > 0) return 'head: not {commit, header}'
  const parsedHeader = headerFromJson(header)
  if (!parsedHeader.ok) return `/header${parsedHeader.fault.path} ${parsedHeader.fault.reason}`
  const parsedCommit = commitFromJson(commit)
  if (!parsedCommit.ok) return `/commit${parsedCommit.fault.path} ${parsedCommit.fault.reason}`
  return { header: parsedHeader.value, commit: parsedCommit.value, txs }
}

function partsOf(record: Uint8Array): Uint8Array[] | string {
  const view = new DataView(record.buffer, record.byteOffset, record.length)
  const parts: Uint8Array[] = []
  for (let at = 0; at < record.length; ) {
    if (record.length - at < LENGTH_BYTES) return `a length at byte ${at} is cut`
    const length = view.getUint32(at)
    const start = at + LENGTH_BYTES
    if (length > record.length - start) return `a part at byte ${start} is cut`
    if (parts.length > 0 && length > TX_BYTES_MAX) return `a transaction at byte ${start} has ${length} bytes`
    parts.push(record.subarray(start, start + length))
    at = start + length
  }
  return parts
}
