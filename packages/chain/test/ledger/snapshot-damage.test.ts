import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { concatBytes, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, headersOf, keyRowOf, signerOf, trivialApp } from '@dujiang/testing/trivial'
import {
  type Application,
  type Header,
  Ledger,
  MANIFEST_BYTES_MAX,
  SNAPSHOT_CHUNK_BYTES,
  type SnapshotManifest,
  SnapshotReader,
  type Validator,
  blockIdOf,
  headerHash,
  readManifest,
  tipFault,
  timeFromMs,
  writeManifest,
} from '../../src/index.ts'
import { around, flips } from '../support/flips.ts'
import { type Taken, remade, restated, restoreSnapshot, takeSnapshot } from '../support/snapshots.ts'
import { TestLedger } from '../support/test-ledger.ts'

const a = actorOf('A')
const { sha256 } = nodeCrypto

/** A ledger with rows, receipts and ids in two buckets, and its snapshot. */
function small(): { readonly test: TestLedger; readonly taken: Taken } {
  const test = new TestLedger([a])
  test.block([test.mix(a, 'T', 1), test.mix(a, 'T', 2), test.mix(a, 'U', 3, { expires: test.nowMs + 200_000 })])
  test.block([test.mix(a, 'T', 3)])
  return { test, taken: takeSnapshot(test.ledger) }
}

/** More than one chunk: the rows of many keys. */
function large(): { readonly test: TestLedger; readonly taken: Taken } {
  const keys = Array.from({ length: 4_000 }, (_, at) => ({
    ...keyRowOf(actorOf('B', 'sm2')),
    id: toHex(sha256(Uint8Array.of(at, at >> 8))).slice(0, 32),
  }))
  const test = new TestLedger([a], { keys: [keyRowOf(a), ...keys] })
  test.block([test.mix(a, 'T', 1)])
  return { test, taken: takeSnapshot(test.ledger) }
}

const restored = (outcome: Ledger | string): Ledger => {
  if (typeof outcome === 'string') throw new Error(outcome)
  return outcome
}

const tipOf = ({ ledger }: SnapshotReader) => ledger?.tip

const manifestOf = (bytes: Uint8Array): SnapshotManifest => {
  const manifest = readManifest(bytes)
  if (typeof manifest === 'string') throw new Error(manifest)
  return manifest
}

/** Text, where it must be. */
const reasonOf = (outcome: unknown): string => {
  assert.ok(typeof outcome === 'string')
  return outcome
}

describe('a damaged or forged snapshot', () => {
  it('[SNAP-4] is refused for any byte that is not the one its manifest hashes, which another sender may have', () => {
    const { test, taken } = small()
    const [chunk] = taken.chunks
    for (const [at, bent] of flips(chunk!)) {
      const refused = restoreSnapshot(test.genesisBytes, { ...taken, chunks: [bent] }, test.ledger.tip)
      assert.equal(refused, 'bytes: chunk 0 is not the one of the manifest', `byte ${at}`)
    }
  })

  it('[SNAP-4] is refused for any byte that does not make up the app hash, though its manifest hashes it', () => {
    const { test, taken } = small()
    const seen = new Set<string>()
    for (const [at, bent] of flips(concatBytes(...taken.chunks))) {
      const refused = restoreSnapshot(
        test.genesisBytes,
        remade(taken, () => bent),
        test.ledger.tip,
      )
      if (typeof refused !== 'string') assert.fail(`byte ${at} was believed: ${around(bent, at)}`)
      seen.add(refused.replace(/\d+/g, '#'))
    }
    for (const reason of [
      'content: its bytes begin otherwise',
      'content: its rows and receipts make up another app hash',
      'content: the ids of minute # are not those the state remembers',
      'content: it ends too early',
    ]) {
      assert.ok(seen.has(reason), `${reason} is not among ${[...seen].join('; ')}`)
    }
  })

  it('[SNAP-4] [SNAP-6] is refused for a manifest with any byte changed, but for what the next block shows', () => {
    const { test, taken } = small()
    const aboveOf = (manifest: Uint8Array) => headerHash(sha256, manifestOf(manifest).headers.above)
    let believed = 0
    for (const [at, bent] of flips(taken.manifest)) {
      const outcome = restoreSnapshot(test.genesisBytes, { ...taken, manifest: bent }, test.ledger.tip)
      if (typeof outcome === 'string') continue
      assert.deepEqual(outcome.tip, { ...test.ledger.tip, seal: undefined }, `byte ${at}`)
      assert.notDeepEqual(aboveOf(bent), aboveOf(taken.manifest), `byte ${at}`)
      believed += 1
    }
    assert.ok(believed > 0)
  })

  it('[SNAP-4] is refused with rows twice or in another order, with bytes too many or too few, or parts left out', () => {
    const { test, taken } = small()
    const refused = (change: (bytes: Uint8Array) => Uint8Array, over: object = {}) =>
      restoreSnapshot(test.genesisBytes, restated(remade(taken, change), over), test.ledger.tip)
    const { rows, receipts } = manifestOf(taken.manifest)
    const start = 'dujiang/snapshot/1\n'.length
    const lengthAt = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
    const rowEnd = (bytes: Uint8Array, at: number) => {
      const keyEnd = at + 4 + lengthAt(bytes, at)
      return keyEnd + 4 + lengthAt(bytes, keyEnd)
    }
    const twice = (bytes: Uint8Array) => concatBytes(bytes.subarray(0, rowEnd(bytes, start)), bytes.subarray(start))
    const swapped = (bytes: Uint8Array) => {
      const [first, second] = [rowEnd(bytes, start), rowEnd(bytes, rowEnd(bytes, start))]
      return concatBytes(
        bytes.subarray(0, start),
        bytes.subarray(first, second),
        bytes.subarray(start, first),
        bytes.subarray(second),
      )
    }
    assert.equal(refused(twice, { rows: rows + 1 }), 'content: row 1: its key is not after the one before')
    assert.equal(refused(swapped), 'content: row 1: its key is not after the one before')
    assert.equal(
      refused((bytes) => concatBytes(bytes, Uint8Array.of(0))),
      'content: something follows its last part',
    )
    assert.equal(
      refused((bytes) => bytes.subarray(0, -1)),
      'content: it ends too early',
    )
    assert.equal(
      refused((bytes) => bytes, { rows: rows - 1 }),
      'content: its rows and receipts make up another app hash',
    )
    assert.equal(
      refused((bytes) => bytes, { receipts: receipts - 1 }),
      'content: its rows and receipts make up another app hash',
    )
    assert.equal(
      refused((bytes) => bytes, { receipts: Number.MAX_SAFE_INTEGER }),
      'content: it ends too early',
    )
    // The two ids of one bucket in another order.
    const idsSwapped = (bytes: Uint8Array) => {
      const ids = bytes.length - 4 * 32
      return concatBytes(
        bytes.subarray(0, ids),
        bytes.subarray(ids + 32, ids + 64),
        bytes.subarray(ids, ids + 32),
        bytes.subarray(ids + 64),
      )
    }
    assert.match(reasonOf(refused(idsSwapped)), /^content: the ids of minute \d+ are not those the state remembers$/)
  })

  it('[SNAP-4] is of the trusted height, app hash and chain, or refused before any chunk is asked for', () => {
    const { test, taken } = small()
    const { height, appHash } = test.ledger.tip
    const begin = (genesisBytes: Uint8Array, trusted: { height: number; appHash: Uint8Array }) => {
      const reader = SnapshotReader.begin(trivialApp(), nodeCrypto, genesisBytes, taken.manifest, trusted)
      return typeof reader === 'string' ? reader : 'begun'
    }
    const other = new TestLedger([a, actorOf('B')]).genesisBytes
    assert.equal(begin(test.genesisBytes, { height, appHash }), 'begun')
    assert.equal(begin(other, { height, appHash }), 'it is of another chain')
    assert.equal(
      begin(test.genesisBytes, { height: height + 1, appHash }),
      `it is of height ${height}, not ${height + 1}`,
    )
    assert.equal(begin(test.genesisBytes, { height, appHash: sha256(appHash) }), 'it is of another app hash')
  })

  it('[SNAP-4] gives no ledger before its last chunk, takes none after it, and again a chunk that came wrong', () => {
    const { test, taken } = large()
    assert.equal(taken.chunks.length, 2)
    assert.equal(taken.chunks[0]!.length, SNAPSHOT_CHUNK_BYTES)
    const reader = SnapshotReader.begin(trivialApp(), nodeCrypto, test.genesisBytes, taken.manifest, test.ledger.tip)
    if (typeof reader === 'string') throw new Error(reader)
    const [first, second] = taken.chunks as [Uint8Array, Uint8Array]
    assert.equal(reader.add(second)?.kind, 'bytes')
    assert.equal(reader.add(first), undefined)
    assert.equal(reader.add(first)?.kind, 'bytes')
    assert.equal(reader.taken, 1)
    assert.equal(tipOf(reader), undefined)
    assert.equal(reader.add(second), undefined)
    assert.deepEqual(tipOf(reader), { ...test.ledger.tip, seal: undefined })
    assert.equal(reader.add(second)?.kind, 'bytes')
    // Once its content is refused, it stays so.
    const bent = remade(taken, (bytes) => Uint8Array.from(bytes).fill(0xff, 30, 40))
    const misled = SnapshotReader.begin(trivialApp(), nodeCrypto, test.genesisBytes, bent.manifest, test.ledger.tip)
    if (typeof misled === 'string') throw new Error(misled)
    assert.equal(misled.add(bent.chunks[0]!)?.kind, 'content')
    assert.equal(misled.add(bent.chunks[1]!)?.kind, 'content')
  })

  it('[SNAP-2] a manifest has one spelling, stays below the limit of engines, and names a chunk for each megabyte', () => {
    const { taken } = small()
    const manifest = manifestOf(taken.manifest)
    assert.deepEqual(writeManifest(manifest), taken.manifest)
    const most = {
      ...manifest,
      bytes: 50_000 * SNAPSHOT_CHUNK_BYTES,
      chunks: Array.from({ length: 50_000 }, () => manifest.appHash),
    }
    assert.ok(writeManifest(most).length <= MANIFEST_BYTES_MAX)
    assert.deepEqual(readManifest(writeManifest(most)), most)
    const readAs = (change: object) => readManifest(writeManifest({ ...manifest, ...change }))
    assert.equal(readAs({ bytes: manifest.bytes + SNAPSHOT_CHUNK_BYTES }), ' inconsistent')
    assert.equal(readAs({ chunks: [] }), ' inconsistent')
    assert.equal(readAs({ bytes: 0, chunks: [] }), '/bytes outOfRange')
    assert.match(reasonOf(readManifest(new TextEncoder().encode('{}'))), /missing/)
    assert.match(reasonOf(readManifest(Uint8Array.of(0x7b))), /at byte 1/)
  })
})

describe('the tip of a restored ledger', () => {
  const other: readonly Validator[] = [{ publicKey: signerOf('other').publicKey, power: 3 }]

  it('[SNAP-5] has the validators its state names, those of the genesis file where no state names any', () => {
    const { test, taken } = small()
    const { next } = test.ledger.tip.validators
    const { crypto, founded, tip } = test.ledger
    const outcome = (validators: Ledger['tip']['validators'], app?: Application) => {
      const headers = headersOf({ crypto, founded, tip: { ...tip, validators } })
      return restoreSnapshot(test.genesisBytes, restated(taken, { validators, headers }), tip, app)
    }
    assert.equal(outcome({ next, afterNext: other }), 'content: its validators are not those of its state')
    assert.equal(outcome({ next: other, afterNext: next }), 'content: its validators are not those of the genesis file')
    const ruled: Application = {
      ...trivialApp(),
      validators: { prefix: 'validators/', read: () => other, seat: () => [] },
    }
    assert.equal(outcome({ next, afterNext: next }, ruled), 'content: its validators are not those of its state')
    // The state does not say who signs the very next block: a header does.
    assert.deepEqual(restored(outcome({ next, afterNext: other }, ruled)).tip.validators.next, next)
    assert.deepEqual(restored(outcome({ next: other, afterNext: other }, ruled)).tip.validators.next, other)
  })

  it('[SNAP-6] is refused at once when its own headers show another', () => {
    const { test, taken } = small()
    const outcome = (change: Partial<SnapshotManifest>) =>
      restoreSnapshot(test.genesisBytes, restated(taken, change), test.ledger.tip)
    assert.equal(outcome({ timeMs: test.ledger.tip.timeMs + 1 }), 'its time is another')
    assert.equal(outcome({ resultsHash: sha256(test.ledger.tip.resultsHash) }), 'its results are others')
    const { next } = test.ledger.tip.validators
    assert.equal(outcome({ validators: { next: other, afterNext: next } }), 'its next validators are others')
  })

  it('[SNAP-6] is held against the headers of its block and of the one above', () => {
    const { test } = small()
    const own = test.decide([test.mix(a, 'T', 9)], test.nowMs + 1_000).block
    test.block([...own.txs], test.nowMs + 1_000)
    const { tip } = test.ledger
    const above = test.decide([], test.nowMs + 1_000).block.header
    const header = (change: Partial<Header>) =>
      tipFault(sha256, tip, { own: own.header, above: { ...above, ...change } })
    assert.equal(header({}), undefined)
    assert.equal(header({ height: above.height + 1 }), 'the headers are of other heights')
    assert.equal(
      header({ lastBlockId: blockIdOf(sha256, { ...own, header: above }) }),
      'the headers do not follow each other',
    )
    assert.equal(header({ appHash: sha256(tip.appHash) }), 'its app hash is another')
    assert.equal(header({ lastResultsHash: sha256(tip.appHash) }), 'its results are others')
    assert.equal(header({ validatorsHash: sha256(tip.appHash) }), 'its next validators are others')
    assert.equal(header({ nextValidatorsHash: sha256(tip.appHash) }), 'its validators after the next are others')
    assert.equal(
      tipFault(sha256, { ...tip, timeMs: tip.timeMs + 1 }, { own: own.header, above }),
      'its time is another',
    )
    const late = { ...own.header, time: timeFromMs(tip.timeMs + 1) }
    assert.equal(tipFault(sha256, tip, { own: late, above }), 'the headers do not follow each other')
  })
})
