import { type Json, decodeCanonical, depthMax, encodeCanonicalBytes } from '@dujiang/core/codec'
import { parseBase64, toBase64 } from '@dujiang/core/crypto'
import { type Commit, type Header, commitFromJson, commitToJson, headerFromJson, headerToJson } from '../comet/index.ts'
import { BLOCK_BYTES_MAX } from './params.ts'

/** A block with the signatures that make it one: what is stored, exported and audited. */
export interface SealedBlock {
  readonly header: Header
  readonly txs: readonly Uint8Array[]
  readonly commit: Commit
  /** Proofs of validators' faults in it, as the engine encodes them; absent when there are none. */
  readonly evidence?: readonly Uint8Array[]
}

const LIMITS = { bytesMax: 4 * BLOCK_BYTES_MAX, itemsMax: 1_000_000, keysMax: 256 }
/** A transaction stands two levels down in a block's JSON. */
const TX_DEPTH_MAX = depthMax - 2

/** One canonical JSON object. A transaction that is canonical JSON stands as itself, any other bytes as base64. Rule BLOCK-1. */
export function writeSealedBlock({ header, txs, commit, evidence }: SealedBlock): Uint8Array {
  return encodeCanonicalBytes({
    commit: commitToJson(commit),
    ...(evidence === undefined ? {} : { evidence: evidence.map(toBase64) }),
    header: headerToJson(header),
    txs: txs.map(txToJson),
  })
}

/** Reads one; a string is the reason it is not one. */
export function readSealedBlock(bytes: Uint8Array): SealedBlock | string {
  const decoded = decodeCanonical(bytes, LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  if (!isObject(decoded.value)) return 'a block is an object'
  const { commit, evidence, header, txs, ...more } = decoded.value
  if (Object.keys(more).length > 0 || !Array.isArray(txs)) return 'a block is {commit, evidence?, header, txs}'
  const parsedHeader = headerFromJson(header)
  if (!parsedHeader.ok) return `/header${parsedHeader.fault.path} ${parsedHeader.fault.reason}`
  const parsedCommit = commitFromJson(commit)
  if (!parsedCommit.ok) return `/commit${parsedCommit.fault.path} ${parsedCommit.fault.reason}`
  const bytesOfTxs: Uint8Array[] = []
  for (const tx of txs as readonly Json[]) {
    const raw = txFromJson(tx)
    if (raw === undefined) return `/txs/${bytesOfTxs.length} is not the one form of its bytes`
    bytesOfTxs.push(raw)
  }
  const block = { header: parsedHeader.value, commit: parsedCommit.value, txs: bytesOfTxs }
  if (evidence === undefined) return block
  const proofs = evidenceFromJson(evidence)
  return proofs === undefined ? '/evidence is a list of base64, not empty' : { ...block, evidence: proofs }
}

function evidenceFromJson(json: Json): readonly Uint8Array[] | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined
  const proofs = (json as readonly Json[]).map((each) => (typeof each === 'string' ? parseBase64(each) : undefined))
  return proofs.includes(undefined) ? undefined : (proofs as readonly Uint8Array[])
}

/** The one JSON form of a transaction's bytes. */
export function txToJson(tx: Uint8Array): Json {
  const decoded = decodeCanonical(tx)
  return decoded.ok && isObject(decoded.value) && depthOf(decoded.value) <= TX_DEPTH_MAX ? decoded.value : toBase64(tx)
}

/** The bytes whose one form this is, or undefined. */
export function txFromJson(json: Json): Uint8Array | undefined {
  if (isObject(json)) {
    const bytes = encodeCanonicalBytes(json)
    return isObject(txToJson(bytes)) ? bytes : undefined
  }
  if (typeof json !== 'string') return undefined
  const bytes = parseBase64(json)
  return bytes !== undefined && txToJson(bytes) === json ? bytes : undefined
}

const isObject = (json: Json): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && !Array.isArray(json)

function depthOf(json: Json): number {
  if (typeof json !== 'object') return 0
  const inside = Array.isArray(json) ? (json as readonly Json[]) : fieldsOf(json as { readonly [key: string]: Json })
  return inside.reduce<number>((deepest, inner) => Math.max(deepest, depthOf(inner)), 0) + 1
}

const fieldsOf = (json: { readonly [key: string]: Json }): readonly Json[] =>
  Object.keys(json)
    .sort()
    .map((key) => json[key] as Json)
