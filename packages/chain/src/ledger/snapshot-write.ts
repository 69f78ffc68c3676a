import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type LogTree, fromHex } from '@dujiang/core/crypto'
import { concat, uint32, utf8 } from '../bytes.ts'
import type { HeldBucket } from '../state/seen.ts'
import type { HeldMap } from '../state/sorted-map.ts'
import type { Ledger } from './ledger.ts'
import { ChunkCutter } from './snapshot-chunks.ts'
import { SNAPSHOT_FORMAT, SNAPSHOT_TAG, type SnapshotManifest } from './snapshot-manifest.ts'
import type { Tip } from './tip.ts'

/** How much is written before others may go first: about a millisecond's work. */
const SLICE_BYTES = 64 * 1024
const SLICE_ROWS = 128
const SLICE_IDS = 1_024
const SLICE_LEAVES = 8_192

/**
 * A ledger as it stands now, to be written down while it goes on executing blocks. Equal ledgers give equal bytes.
 * Rules SNAP-1 to SNAP-3.
 * @example
 * const held = new HeldLedger(ledger)
 * for (const chunk of held.chunks()) if (chunk !== undefined) write(chunk)
 * write(writeManifest(held.manifest()))
 * held.release()
 */
export class HeldLedger {
  readonly #chain: string
  readonly #tip: Tip
  readonly #rows: HeldMap<Json>
  readonly #seen: readonly HeldBucket[]
  readonly #log: LogTree
  readonly #receipts: number
  readonly #cutter: ChunkCutter

  constructor({ chain, tip, state, receiptLog, crypto }: Ledger) {
    this.#chain = chain.id
    this.#tip = tip
    this.#rows = state.values.hold()
    this.#seen = state.seen.hold()
    this.#log = receiptLog
    this.#receipts = receiptLog.size
    this.#cutter = new ChunkCutter(crypto.sha256)
  }

  get height(): number {
    return this.#tip.height
  }

  /** All chunks in order, once; between them undefined, wherever its caller may let others go first. */
  *chunks(): Iterable<Uint8Array | undefined> {
    for (const slice of this.#slices()) {
      yield* this.#cutter.put(slice)
      yield undefined
    }
    yield* this.#cutter.end()
  }

  /** Once all chunks have been given. */
  manifest(): SnapshotManifest {
    const { hashes, bytes } = this.#cutter
    const { height, timeMs, appHash, resultsHash, validators } = this.#tip
    return {
      format: SNAPSHOT_FORMAT,
      chain: this.#chain,
      height,
      timeMs,
      appHash,
      resultsHash,
      validators,
      bytes,
      rows: this.#rows.size,
      receipts: this.#receipts,
      chunks: hashes,
    }
  }

  /** Must be called when no more is taken of it. */
  release(): void {
    this.#rows.release()
  }

  *#slices(): Iterable<Uint8Array> {
    yield SNAPSHOT_TAG
    yield* sliced(rowsOf(this.#rows), SLICE_ROWS)
    for (let from = 0; from < this.#receipts; from += SLICE_LEAVES) {
      yield this.#log.leaves(from, Math.min(this.#receipts, from + SLICE_LEAVES))
    }
    yield* sliced(idsOf(this.#seen), SLICE_IDS)
  }
}

function* rowsOf(rows: HeldMap<Json>): Iterable<Uint8Array> {
  for (const [key, value] of rows.entries()) {
    const [keyBytes, valueBytes] = [utf8(key), encodeCanonicalBytes(value)]
    yield concat(uint32(keyBytes.length), keyBytes, uint32(valueBytes.length), valueBytes)
  }
}

function* idsOf(buckets: readonly HeldBucket[]): Iterable<Uint8Array> {
  for (const { ids, count } of buckets) {
    let left = count
    for (const id of ids) {
      if (left === 0) break
      left -= 1
      yield fromHex(id)
    }
  }
}

/** So many parts at once, and fewer where they are long. */
function* sliced(parts: Iterable<Uint8Array>, countMax: number): Iterable<Uint8Array> {
  let slice: Uint8Array[] = []
  let bytes = 0
  for (const part of parts) {
    slice.push(part)
    bytes += part.length
    if (slice.length < countMax && bytes < SLICE_BYTES) continue
    yield concat(...slice)
    slice = []
    bytes = 0
  }
  yield concat(...slice)
}
