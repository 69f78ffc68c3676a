import { decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { utf8 } from '../bytes.ts'
import {
  type Header,
  type Parsed,
  headerFromJson,
  headerToJson,
  validatorsFromJson,
  validatorsToJson,
} from '../comet/index.ts'
import { type Reader, consistent, fields, hex, int, list, mapped } from '../comet/json-reader.ts'
import type { TipHeaders } from './snapshot-tip.ts'
import type { Tip, ValidatorSets } from './tip.ts'

/** The form of snapshots described in SPEC.md, under "Snapshots". */
export const SNAPSHOT_FORMAT = 1
/** What the bytes of a snapshot begin with. */
export const SNAPSHOT_TAG = utf8('dujiang/snapshot/1\n')
/** Every chunk but the last has this length: short enough to be hashed between two other things. */
export const SNAPSHOT_CHUNK_BYTES = 1024 * 1024
/** Keeps a manifest below the four megabytes that engines pass on. */
const CHUNKS_MAX = 50_000
export const MANIFEST_BYTES_MAX = 4_000_000

/** What a snapshot is of, and the hash of each of its chunks. Rule SNAP-2. */
export interface SnapshotManifest extends Omit<Tip, 'seal'> {
  readonly format: number
  /** The hash of the genesis file, hexadecimal. */
  readonly chain: string
  /** Of all chunks together. */
  readonly bytes: number
  readonly rows: number
  readonly receipts: number
  readonly headers: TipHeaders
  readonly chunks: readonly Uint8Array[]
}

export function writeManifest(manifest: SnapshotManifest): Uint8Array {
  const { appHash, bytes, chain, chunks, format, headers, height } = manifest
  const { receipts, resultsHash, rows, timeMs, validators } = manifest
  return encodeCanonicalBytes({
    appHash: toHex(appHash),
    bytes,
    chain,
    chunks: chunks.map(toHex),
    format,
    headers: { above: headerToJson(headers.above), own: headerToJson(headers.own) },
    height,
    receipts,
    resultsHash: toHex(resultsHash),
    rows,
    timeMs,
    validators: {
      afterNext: validatorsToJson(validators.afterNext),
      next: validatorsToJson(validators.next),
    },
  })
}

/** Reads one; a string is the reason it is not one. Every manifest has one spelling, the other ones are refused. */
export function readManifest(bytes: Uint8Array): SnapshotManifest | string {
  const decoded = decodeCanonical(bytes, LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const parsed = manifest(decoded.value, '')
  return parsed.ok ? parsed.value : `${parsed.fault.path} ${parsed.fault.reason}`
}

const LIMITS = { bytesMax: MANIFEST_BYTES_MAX, itemsMax: CHUNKS_MAX, keysMax: 16 }
const safe = Number.MAX_SAFE_INTEGER

/** What reads a whole value, reading it inside another. */
function inside<T>(read: (value: unknown) => Parsed<T>): Reader<T> {
  return (value, path) => {
    const parsed = read(value)
    if (parsed.ok) return parsed
    return { ok: false, fault: { ...parsed.fault, path: path + parsed.fault.path } }
  }
}

const validators = inside(validatorsFromJson)
const header = inside<Header>(headerFromJson)

const manifest: Reader<SnapshotManifest> = consistent(
  fields<SnapshotManifest>({
    appHash: hex(32),
    bytes: int(1, safe),
    chain: mapped(hex(32), toHex),
    chunks: list(hex(32), CHUNKS_MAX),
    format: int(SNAPSHOT_FORMAT, SNAPSHOT_FORMAT),
    headers: fields<TipHeaders>({ above: header, own: header }),
    height: int(1, safe),
    receipts: int(0, safe),
    resultsHash: hex(32),
    rows: int(0, safe),
    timeMs: int(0, safe),
    validators: fields<ValidatorSets>({ afterNext: validators, next: validators }),
  }),
  ({ bytes, chunks }) => chunks.length === Math.ceil(bytes / SNAPSHOT_CHUNK_BYTES),
)
