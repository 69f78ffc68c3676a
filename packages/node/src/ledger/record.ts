import {
  type SealedBlock,
  TX_BYTES_MAX,
  commitFromJson,
  commitToJson,
  headerFromJson,
  headerToJson,
} from '@dujiang/chain'
import { decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { joinParts, splitParts } from './parts.ts'

// Rule REC-1: u32 length ‖ canonical JSON of {commit, header}, then u32 length ‖ bytes for each transaction; big-endian.

const HEAD_LIMITS = { bytesMax: 4 * 1024 * 1024, itemsMax: 10_000, keysMax: 64 }

/** A block as one record of the journal. Transactions stand as the bytes they are: nothing is decoded to be kept. */
export function writeRecord({ header, commit, txs }: SealedBlock): Uint8Array {
  const head = encodeCanonicalBytes({ commit: commitToJson(commit), header: headerToJson(header) })
  return joinParts([head, ...txs])
}

/** Reads one; a string is the reason it is not one. The transactions are views of `record`. */
export function readRecord(record: Uint8Array): SealedBlock | string {
  const parts = splitParts(record, TX_BYTES_MAX)
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
