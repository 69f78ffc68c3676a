import { type Json, encodeCanonical } from '@dujiang/core/codec'
import { type Hash, type LogTree, fromHex } from '@dujiang/core/crypto'
import type { HeldBucket } from '../state/seen.ts'
import type { HeldMap } from '../state/sorted-map.ts'
import type { Ledger } from './ledger.ts'
import { ChunkCutter } from './snapshot-chunks.ts'
import { Slice } from './snapshot-slice.ts'
import { SNAPSHOT_FORMAT, SNAPSHOT_TAG, type SnapshotManifest } from './snapshot-manifest.ts'
import { type TipHeaders, tipFault } from './snapshot-tip.ts'
import type { Tip } from './tip.ts'

/** How much is written before others may go first: about a millisecond's work. */
const SLICE_BYTES = 64 * 1024
const SLICE_ROWS = 128
const SLICE_HASHES = 2_048
const HASH_BYTES = 32

/** Leaf hashes `from` to `to` (not included) of the log of receipts; undefined while they are being read. */
export type LeavesOf = (from: number, to: number) => Uint8Array | undefined

/**
 * A ledger as it stands now, to be written down while it goes on executing blocks. Equal ledgers give equal bytes.
 * Rules SNAP-1 to SNAP-3.
 * @example
 * const held = new HeldLedger(ledger)
 * for (const chunk of held.chunks()) if (chunk !== undefined) write(chunk)
 * write(writeManifest(held.manifest(headers)))
 * held.release()
 */
export class HeldLedger {
  readonly #sha256: Hash
  readonly #chain: string
  readonly #tip: Tip
  readonly #rows: HeldMap<Json>
  readonly #seen: readonly HeldBucket[]
  readonly #log: LogTree
  readonly #receipts: number
  readonly #cutter: ChunkCutter

  constructor({ chain, tip, state, receiptLog, crypto }: Ledger) {
    this.#sha256 = crypto.sha256
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

  /**
   * All chunks in order, once, each valid until the next is asked for; between them undefined, wherever its caller may
   * let others go first.
   * @param leavesOf where the log of receipts has forgotten its leaves; asked again for what it has not got yet
   */
  *chunks(leavesOf: LeavesOf = (from, to) => this.#log.leaves(from, to)): Iterable<Uint8Array | undefined> {
    for (const slice of this.#slices(leavesOf)) {
      if (slice !== undefined) yield* this.#cutter.put(slice)
      yield undefined
    }
    yield* this.#cutter.end()
  }

  /** Once all chunks have been given, and the block above is known. Throws when the headers are not those of this ledger. */
  manifest(headers: TipHeaders): SnapshotManifest {
    const fault = tipFault(this.#sha256, this.#tip, headers)
    if (fault !== undefined) throw new Error(`snapshot ${this.height}: ${fault}`)
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
      headers,
      chunks: hashes,
    }
  }

  /** Must be called when no more is taken of it. */
  release(): void {
    this.#rows.release()
  }

  *#slices(leavesOf: LeavesOf): Iterable<Uint8Array | undefined> {
    const slice = new Slice()
    slice.put(SNAPSHOT_TAG)
    let rows = 0
    for (const [key, value] of this.#rows.entries()) {
      slice.putText(key)
      slice.putText(encodeCanonical(value))
      rows += 1
      if (rows % SLICE_ROWS === 0 || slice.length >= SLICE_BYTES) yield slice.take()
    }
    yield slice.take()
    for (let from = 0; from < this.#receipts; ) {
      const to = Math.min(this.#receipts, from + SLICE_HASHES)
      const leaves = leavesOf(from, to)
      if (leaves !== undefined) from = to
      yield leaves
    }
    for (const id of idsOf(this.#seen)) {
      slice.put(fromHex(id))
      if (slice.length >= SLICE_HASHES * HASH_BYTES) yield slice.take()
    }
    yield slice.take()
  }
}

function* idsOf(buckets: readonly HeldBucket[]): Iterable<string> {
  for (const { ids, count } of buckets) {
    let left = count
    for (const id of ids) {
      if (left === 0) break
      left -= 1
      yield id
    }
  }
}
