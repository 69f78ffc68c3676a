import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeCanonical } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { headersOf, trivialApp } from '@dujiang/testing/trivial'
import fc from 'fast-check'
import {
  type Decided,
  HeldLedger,
  Ledger,
  type SealedBlock,
  type Tip,
  proveState,
  readManifest,
  readSealedBlock,
  writeManifest,
} from '../../src/index.ts'
import { ACTORS, transactionsOf, turns } from '../support/scenario.ts'
import { restoreSnapshot, takeSnapshot } from '../support/snapshots.ts'
import { TestLedger } from '../support/test-ledger.ts'

const long = process.env['DUJIANG_LONG'] === '1'
const OPTIONS = { actsPerMinuteMax: 5 }

const unsealed = (tip: Tip) => ({ ...tip, seal: undefined })

describe('snapshots', () => {
  it('[SNAP-1] a ledger restored from one executes and proves all that follows as the ledger it was taken of', () => {
    const seen = { rows: 0, ids: 0, receipts: 0 }
    fc.assert(
      fc.property(turns, turns, (before, after) => {
        const first = new TestLedger(ACTORS, OPTIONS)
        const sent: Uint8Array[] = []
        for (const turn of before) first.block(transactionsOf(first, turn, sent), first.nowMs + turn.waitMs)
        const taken = takeSnapshot(first.ledger)
        const restored = restoreSnapshot(first.genesisBytes, taken, first.ledger.tip)
        if (typeof restored === 'string') throw new Error(restored)
        assert.deepEqual(restored.tip, { ...first.ledger.tip, seal: undefined })
        seen.rows += rowsOf(restored).length
        seen.ids += restored.state.seen.hold().reduce((count, bucket) => count + bucket.count, 0)
        seen.receipts += restored.receiptLog.size
        for (const turn of after) {
          const decided = first.block(transactionsOf(first, turn, sent), first.nowMs + turn.waitMs)
          follow(restored, decided, readSealedBlock(first.lines.at(-1)!) as SealedBlock)
          assertSame(restored, first.ledger)
        }
        assert.deepEqual(takeSnapshot(restored), takeSnapshot(first.ledger))
      }),
      // One seed, since the test also says what the snapshots must have held; the long run tries many.
      { numRuns: long ? 200 : 30, ...(long ? {} : { seed: 20260101 }) },
    )
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `no snapshot held any ${what}`)
  })

  it('[SNAP-1] holds the state of its height, whatever blocks come while it is written', () => {
    fc.assert(
      fc.property(turns, turns, (before, meanwhile) => {
        const first = new TestLedger(ACTORS, OPTIONS)
        const sent: Uint8Array[] = []
        const next = (turn: (typeof before)[number] | undefined) => {
          if (turn !== undefined) first.block(transactionsOf(first, turn, sent), first.nowMs + turn.waitMs)
        }
        before.forEach(next)
        const { tip } = first.ledger
        const still = takeSnapshot(first.ledger)
        const left = [...meanwhile]
        assert.deepEqual(
          takeSnapshot(first.ledger, () => next(left.shift())),
          still,
        )
        const restored = restoreSnapshot(first.genesisBytes, still, tip)
        if (typeof restored === 'string') throw new Error(restored)
        assert.deepEqual(unsealed(restored.tip), unsealed(tip))
      }),
      { numRuns: long ? 200 : 30 },
    )
  })

  it('[SNAP-3] is the same bytes however a ledger came to its state, and cut into chunks of one length', () => {
    const first = new TestLedger(ACTORS)
    for (let i = 0; i < 20; i++) first.block([first.mix(ACTORS[i % 4]!, `T${i % 7}`, i)])
    const replayed = new Ledger(trivialApp(), nodeCrypto, first.genesisBytes)
    for (const line of first.lines) follow(replayed, undefined, readSealedBlock(line) as SealedBlock)
    assert.deepEqual(takeSnapshot(replayed), takeSnapshot(first.ledger))
  })

  it('[SNAP-3] is the same bytes where the leaves are read from elsewhere, and waits for them', () => {
    const first = new TestLedger(ACTORS)
    for (let i = 0; i < 20; i++) first.block([first.mix(ACTORS[i % 4]!, `T${i % 7}`, i)])
    const read: Uint8Array[] = []
    let asked = 0
    const leavesOf = (from: number, to: number): Uint8Array | undefined => {
      asked += 1
      if (asked === 3) read.push(first.ledger.receiptLog.leaves(from, to))
      return read[0]
    }
    const taken = takeSnapshot(first.ledger, () => undefined, leavesOf)
    assert.deepEqual([asked, taken], [3, takeSnapshot(first.ledger)])
  })

  it('[SNAP-2] there is none of a ledger without any block, nor with headers of another', () => {
    const first = new TestLedger(ACTORS)
    const unfounded = new HeldLedger(first.ledger)
    assert.equal(typeof readManifest(writeManifest(unfounded.manifest(headersOf(first.ledger)))), 'string')
    first.block([])
    const held = new HeldLedger(first.ledger)
    const before = headersOf(first.ledger)
    first.block([first.mix(ACTORS[0]!, 'T', 1)])
    assert.throws(() => held.manifest(headersOf(first.ledger)), {
      message: 'snapshot 1: the headers are of other heights',
    })
    assert.equal(held.manifest(before).height, 1)
  })
})

/** Executes a block as an engine does that knows no header yet, then takes in its header. */
function follow(ledger: Ledger, decided: Decided | undefined, { header, txs, commit }: SealedBlock): void {
  const timeMs = header.time.seconds * 1_000 + Math.floor(header.time.nanos / 1_000_000)
  const executed = ledger.execute({ timeMs, txs })
  if (decided !== undefined) assert.deepEqual(executed.results, decided.executed.results)
  ledger.advance(executed)
  assert.equal(ledger.crown(header, commit), undefined)
}

const rowsOf = (ledger: Ledger) => [...ledger.view().scan('')]

function assertSame(restored: Ledger, first: Ledger): void {
  assert.deepEqual(unsealed(restored.tip), unsealed(first.tip))
  assert.equal(encodeCanonical(rowsOf(restored)), encodeCanonical(rowsOf(first)))
  for (const [key] of rowsOf(first)) assert.deepEqual(proveState(restored, key), proveState(first, key))
  const { size } = first.receiptLog
  for (let index = 0; index < size; index++) {
    assert.deepEqual(restored.receiptLog.inclusionProof(index, size), first.receiptLog.inclusionProof(index, size))
  }
}
