/** `node tools/src/bench/snapshot.ts [rows …]`: what a snapshot of so many rows, receipts and ids costs, in processor time of the thread that decides. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Executed, HeldLedger, Ledger, SNAPSHOT_CHUNK_BYTES, SnapshotReader, writeManifest } from '@dujiang/chain'
import { type Json, encodeCanonical } from '@dujiang/core/codec'
import { append, concatBytes, hashText, rootOf, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, headersOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'

const { sha256 } = nodeCrypto
const MINUTE_MS = 60_000
const MINUTES = 60
const ROWS_A_BLOCK = 10_000

const genesisBytes = trivialGenesis([actorOf('A')])
const counts = process.argv.slice(2).map(Number)
for (const rows of counts.length === 0 ? [100_000] : counts) console.log(JSON.stringify(measure(rows)))

function measure(count: number): object {
  const ledger = ledgerOf(count)
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-snapshot-'))
  const file = openSync(join(dir, 'chunks'), 'w+')
  try {
    const { manifest, ...writing } = write(ledger, file)
    const { bytes, chunks } = manifest
    const manifestBytes = writeManifest(manifest)
    const sizes = { megabytes: Math.round(bytes / 1e5) / 10, manifestBytes: manifestBytes.length }
    const restoreMs = restore(ledger, manifestBytes, chunks.length, file)
    return { rows: count, receipts: count, ids: count, ...sizes, ...writing, restoreMs }
  } finally {
    closeSync(file)
    rmSync(dir, { recursive: true })
  }
}

function write(ledger: Ledger, file: number) {
  const whole = stopwatch()
  const held = new HeldLedger(ledger)
  const holdMs = whole()
  let sliceMsMax = 0
  let slice = stopwatch()
  for (const chunk of held.chunks()) {
    if (chunk !== undefined) writeSync(file, chunk)
    sliceMsMax = Math.max(sliceMsMax, slice())
    slice = stopwatch()
  }
  held.release()
  return { manifest: held.manifest(headersOf(ledger)), holdMs, sliceMsMax, writeMs: whole() }
}

function restore({ tip }: Ledger, manifestBytes: Uint8Array, chunks: number, file: number): number {
  const whole = stopwatch()
  const reader = SnapshotReader.begin(trivialApp(), nodeCrypto, genesisBytes, manifestBytes, tip)
  if (typeof reader === 'string') throw new Error(reader)
  for (let at = 0; at < chunks; at++) {
    const chunk = new Uint8Array(SNAPSHOT_CHUNK_BYTES)
    const length = readSync(file, chunk, 0, chunk.length, at * SNAPSHOT_CHUNK_BYTES)
    const fault = reader.add(chunk.subarray(0, length))
    if (fault !== undefined) throw new Error(fault.reason)
  }
  if (reader.ledger === undefined) throw new Error('not restored')
  return whole()
}

/** A ledger of `count` rows like those of orders, as many receipts, and as many ids to remember, an hour of them. */
function ledgerOf(count: number): Ledger {
  const ledger = new Ledger(trivialApp(), nodeCrypto, genesisBytes)
  const buckets = new Map<number, { count: number; rolling: Uint8Array }>()
  for (let from = 0; from < count; from += ROWS_A_BLOCK) {
    const writes = new Map<string, Json>()
    const leaves: Uint8Array[] = []
    const newIds: (readonly [string, number])[] = []
    for (let at = from; at < Math.min(count, from + ROWS_A_BLOCK); at++) {
      const id = hashText(sha256, `act ${at}`)
      const minute = Math.floor(ledger.tip.timeMs / MINUTE_MS) + 1 + (at % MINUTES)
      const bucket = buckets.get(minute) ?? { count: 0, rolling: new Uint8Array(32) }
      buckets.set(minute, { count: bucket.count + 1, rolling: sha256(concatBytes(bucket.rolling, id)) })
      newIds.push([toHex(id), minute * MINUTE_MS])
      leaves.push(id)
      writes.set(`auction/order/S${at % 24}/U${String(at).padStart(8, '0')}`, orderOf(at, toHex(id)))
    }
    for (const [minute, bucket] of buckets) {
      writes.set(`chain/seen/${String(minute).padStart(12, '0')}`, { ...bucket, rolling: toHex(bucket.rolling) })
    }
    ledger.advance(executedOf(ledger, writes, leaves, newIds))
  }
  return ledger
}

function orderOf(at: number, id: string): Json {
  return {
    act: id,
    periods: [1, 2, 3, 4].map((period) => ({ period, priceMilliFenPerMwh: 35_000_000 + at, volumeWh: 1_000_000 + at })),
    sequence: at,
    unit: `U${String(at).padStart(8, '0')}`,
  }
}

/** What a block with these outcomes would be, without acts that decide them. Rules STATE-1 and STATE-2 of the chain. */
function executedOf(
  { tip, state }: Ledger,
  writes: ReadonlyMap<string, Json>,
  leaves: readonly Uint8Array[],
  newIds: Executed['newIds'],
): Executed {
  const changes = [...writes].map(([key, value]) => {
    return { keyHash: hashText(sha256, key), valueHash: hashText(sha256, encodeCanonical(value)) }
  })
  const tree = state.tree.apply(changes)
  const receipts = leaves.reduce((frontier, leaf) => append(sha256, frontier, leaf), state.receipts)
  const size = new Uint8Array(8)
  new DataView(size.buffer).setBigUint64(0, BigInt(receipts.size))
  const tag = new TextEncoder().encode('dujiang/app/1')
  return {
    height: tip.height + 1,
    timeMs: tip.timeMs + 1,
    results: [],
    recorded: leaves.map((leaf) => ({ leaf }) as Executed['recorded'][number]),
    writes,
    appHash: sha256(concatBytes(tag, tree.root(), rootOf(sha256, receipts), size)),
    newIds,
    droppedMinutes: [],
    tree,
    receipts,
  }
}

/** Processor time of this thread, so that other work on the machine does not count. */
function stopwatch(): () => number {
  const started = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(started)
    return Math.round((user + system) / 100) / 10
  }
}
