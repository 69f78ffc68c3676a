import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import fc from 'fast-check'
import { type Application, Audit, type Decided, Ledger, isInadmissible, readSealedBlock } from '../src/index.ts'
import { ACTORS, shuffled, transactionsOf, turns } from './support/scenario.ts'
import { TestLedger, codesOf } from './support/test-ledger.ts'

const long = process.env['DUJIANG_LONG'] === '1'
const runs = long ? 600 : 60
const OPTIONS = { actsPerMinuteMax: 5 }

/** What a block did, without what its own order must change (the header's hash of the transactions). */
function outcomeOf({ executed }: Decided) {
  return {
    appHash: toHex(executed.appHash),
    receipts: executed.recorded.map(({ receipt }) => receipt),
    events: executed.recorded.map(({ events }) => events),
    dropped: executed.droppedMinutes,
  }
}

describe('twins', () => {
  it('[EXEC-1] every ledger comes to the same app hash: with a cache, without one, restarted, or audited elsewhere', () => {
    const codes = new Set<number>()
    let due = 0
    fc.assert(
      fc.property(turns, fc.nat(7), (all, restartAt) => {
        const first = new TestLedger(ACTORS, OPTIONS)
        const plain = new Ledger(trivialApp(), nodeCrypto, first.genesisBytes)
        let restarted = new Ledger(trivialApp(), nodeCrypto, first.genesisBytes)
        const sent: Uint8Array[] = []
        for (const [height, turn] of all.entries()) {
          const txs = transactionsOf(first, turn, sent)
          const understood = txs.map((tx) => {
            const each = first.ledger.understand(tx)
            return isInadmissible(each) ? undefined : each
          })
          const decided = first.block(txs, first.nowMs + turn.waitMs, understood)
          for (const code of codesOf(decided)) codes.add(code)
          due += decided.executed.recorded.filter(({ receipt }) => receipt.kind === 'due').length
          if (height === restartAt) {
            restarted = new Ledger(trivialApp(), nodeCrypto, first.genesisBytes)
            for (const line of first.lines.slice(0, -1)) take(restarted, line)
          }
          take(plain, first.lines.at(-1)!)
          take(restarted, first.lines.at(-1)!)
          for (const twin of [plain, restarted]) assert.deepEqual(twin.tip, first.ledger.tip)
        }
        const elsewhere = new Audit(trivialApp(), nobleCrypto, first.genesisBytes)
        for (const line of first.lines) assert.equal(elsewhere.next(line), undefined)
        assert.deepEqual(elsewhere.ledger.tip, first.ledger.tip)
      }),
      // One seed, since the test also says what the scenarios must have met; the long run tries many.
      { numRuns: runs / 3, ...(long ? {} : { seed: 20260101 }) },
    )
    // The scenarios went somewhere: they met receipts and refusals of every kind, and things that fell due.
    for (const code of [0, 1, 12, 13, 14, 100, 901, 902, 903]) assert.ok(codes.has(code), `no act ended in ${code}`)
    assert.ok(due > 0)
  })

  it('[ORDER-1] any order of a block’s transactions gives the same state, receipts and result for each', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const test = new TestLedger(ACTORS, OPTIONS)
        const sent: Uint8Array[] = []
        for (const turn of all) {
          const txs = transactionsOf(test, turn, sent)
          const timeMs = test.nowMs + turn.waitMs
          const other = shuffled(txs, turn.shuffle)
          const mixed = test.decide(other, timeMs)
          const decided = test.block(txs, timeMs)
          assert.deepEqual(outcomeOf(mixed), outcomeOf(decided))
          assert.deepEqual(resultsByTx(other, mixed), resultsByTx(txs, decided))
        }
      }),
      { numRuns: runs },
    )
  })

  it('[EXEC-2] receipts stand in one log without a gap, each with its block’s height and time, and match the results', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const test = new TestLedger(ACTORS, OPTIONS)
        const sent: Uint8Array[] = []
        let index = 0
        for (const turn of all) {
          const txs = transactionsOf(test, turn, sent)
          const { block, executed } = test.block(txs, test.nowMs + turn.waitMs)
          for (const { receipt } of executed.recorded) {
            assert.equal(receipt.index, index++)
            assert.equal(receipt.height, block.header.height)
            assert.equal(receipt.time, test.nowMs)
          }
          const leaves = executed.results.filter(({ data }) => data.length > 0)
          assert.equal(leaves.length, executed.recorded.filter(({ receipt }) => receipt.kind === 'act').length)
          assert.equal(test.ledger.receiptLog.size, index)
          assert.equal(test.ledger.state.receipts.size, index)
        }
      }),
      { numRuns: runs / 2 },
    )
  })
})

describe('planted bugs', () => {
  // Each is a mistake an Application could make; the twin that was restarted tells.
  const remembers = (): Application => {
    const app = trivialApp()
    let calls = 0
    return changed(app, () => ++calls)
  }

  it('[EXEC-1] an Application with a memory of its own is found out by its restarted twin', () => {
    const first = new TestLedger(ACTORS, { app: remembers() })
    // A block that is thought over twice, as a proposal is, moves the hidden counter.
    first.decide([first.mix(ACTORS[0]!, 'T', 1)], first.nowMs + 1_000)
    for (let i = 0; i < 3; i++) first.block([first.mix(ACTORS[0]!, 'T', 1)])
    const audit = new Audit(remembers(), nodeCrypto, first.genesisBytes)
    const findings = first.lines.map((line) => audit.next(line))
    assert.equal(findings[1], 'header.appHash differs')
  })

  it('[AUDIT-1] a block that broke an invariant is a finding of the audit, not the end of it', () => {
    const app = trivialApp()
    const careless = { ...app, checkInvariants: () => undefined }
    const first = new TestLedger(ACTORS, { app: careless })
    first.block([first.act(ACTORS[0]!, 'tally.break', { tally: 'T' })])
    const audit = new Audit(app, nodeCrypto, first.genesisBytes)
    assert.match(audit.next(first.lines[0]!) ?? '', /^TALLY-1: /)
  })
})

function changed(app: Application, amountNow: () => number): Application {
  return {
    ...app,
    act(name, version) {
      const act = app.act(name, version)
      if (act === undefined) return undefined
      return {
        ...act,
        decide: (view, signed) => act.decide(view, { ...signed, payload: { tally: 'T', amount: amountNow() } }),
      }
    },
  }
}

function take(ledger: Ledger, line: Uint8Array): void {
  const sealed = readSealedBlock(line)
  if (typeof sealed === 'string') throw new Error(sealed)
  const { header, txs, commit } = sealed
  const decided = ledger.replay({ header, txs, commit })
  if (typeof decided === 'string') throw new Error(decided)
  ledger.commit(decided, commit)
}

/** What became of each transaction; of the same bytes twice, of both together. */
function resultsByTx(txs: readonly Uint8Array[], { executed }: Decided): readonly string[] {
  return txs.map((tx, at) => `${toHex(tx)} ${executed.results[at]!.code} ${toHex(executed.results[at]!.data)}`).sort()
}
