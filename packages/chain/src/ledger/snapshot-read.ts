import { type Json, decodeCanonical } from '@dujiang/core/codec'
import { AuthMap, type Hash, LogTree, type MapChange, equalBytes, fromHex, toHex } from '@dujiang/core/crypto'
import { appHashOf } from '../state/app-hash.ts'
import { CommittedView } from '../state/overlay.ts'
import { SeenIds, bucketRows, rolled } from '../state/seen.ts'
import { SortedMap } from '../state/sorted-map.ts'
import type { State } from '../state/state.ts'
import { SNAPSHOT_TAG, type SnapshotManifest } from './snapshot-manifest.ts'

/** What a snapshot's bytes hold. */
export interface SnapshotContent {
  readonly state: State
  readonly receiptLog: LogTree
}

/** How many rows join the tree at once: many share the hashing of a path, few take little room. */
const ROWS_AT_ONCE = 65_536
const LEAVES_AT_ONCE = 32_768
const HASH_BYTES = 32

/** What a part of a snapshot asks for: the next so many bytes. What it returns as text is why it is no snapshot. */
type Part<T> = Generator<number, T | string, Uint8Array>

/** Reads the bytes of a snapshot in their order and proves that they make up the app hash of its manifest. Rule SNAP-4. */
export function* readContent(sha256: Hash, manifest: SnapshotManifest): Part<SnapshotContent> {
  const { rows, receipts, height, timeMs, appHash } = manifest
  if (!equalBytes(yield SNAPSHOT_TAG.length, SNAPSHOT_TAG)) return 'its bytes begin otherwise'
  const read = yield* readRows(sha256, rows)
  if (typeof read === 'string') return read
  const { values, tree } = read
  const receiptLog = yield* readLeaves(sha256, receipts)
  if (typeof receiptLog === 'string') return receiptLog
  const frontier = receiptLog.frontier()
  if (!equalBytes(appHashOf(sha256, tree, frontier), appHash)) return 'its rows and receipts make up another app hash'
  // From here on the rows are those of the state, and say how many ids there are.
  const view = new CommittedView(sha256, values, { height, timeMs, previousTimeMs: timeMs })
  const seen = yield* readIds(view)
  if (typeof seen === 'string') return seen
  return { state: { values, seen, keyHashes: new Map(), tree, receipts: frontier, appHash }, receiptLog }
}

function* readRows(sha256: Hash, count: number): Part<{ readonly values: SortedMap<Json>; readonly tree: AuthMap }> {
  const values = new SortedMap<Json>()
  let tree = AuthMap.empty(sha256)
  let changes: MapChange[] = []
  let before: string | undefined
  for (let row = 0; row < count; row++) {
    const keyBytes = yield uint32(yield 4)
    const valueBytes = yield uint32(yield 4)
    const key = textOf(keyBytes)
    if (key === undefined) return `row ${row}: its key is no text`
    if (before !== undefined && key <= before) return `row ${row}: its key is not after the one before`
    const value = decodeCanonical(valueBytes, NO_LIMITS)
    if (!value.ok) return `row ${row}: ${value.reason} at byte ${value.at}`
    values.set(key, value.value)
    // What is hashed are the bytes a row has in the tree, by STATE-1: they were found to be canonical.
    changes.push({ keyHash: sha256(keyBytes), valueHash: sha256(valueBytes) })
    if (changes.length === ROWS_AT_ONCE) {
      tree = tree.apply(changes)
      changes = []
    }
    before = key
  }
  return { values, tree: tree.apply(changes) }
}

/** The remembered ids, against the rolling hash that the state has for each bucket. */
function* readIds(view: CommittedView): Part<SeenIds> {
  const seen = new SeenIds()
  for (const { minute, count, rolling } of bucketRows(view)) {
    let hash: Uint8Array = new Uint8Array(HASH_BYTES)
    for (let at = 0; at < count; at++) {
      const id = yield HASH_BYTES
      hash = rolled(view.sha256, hash, id)
      seen.addTo(minute, toHex(id))
    }
    if (!equalBytes(hash, fromHex(rolling))) return `the ids of minute ${minute} are not those the state remembers`
  }
  return seen
}

function* readLeaves(sha256: Hash, count: number): Part<LogTree> {
  const log = new LogTree(sha256)
  for (let from = 0; from < count; from += LEAVES_AT_ONCE) {
    const leaves = yield HASH_BYTES * Math.min(LEAVES_AT_ONCE, count - from)
    for (let at = 0; at < leaves.length; at += HASH_BYTES) log.append(leaves.subarray(at, at + HASH_BYTES))
  }
  return log
}

const uint32 = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)

// A byte-order mark stays, as part of the key it would otherwise be lost from.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

// The state's own rows may be as long as rules make them.
const NO_LIMITS = {
  bytesMax: Number.MAX_SAFE_INTEGER,
  itemsMax: Number.MAX_SAFE_INTEGER,
  keysMax: Number.MAX_SAFE_INTEGER,
}
