import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { party } from '@dujiang/testing/light'
import { Consortium, founders, replayAll } from '../support/consortium.ts'

const fifth = party(4, 1)

/** Acts in blocks 1 and 6; 2 to 5 are quiet. */
function quiet(test = new Consortium()): Consortium {
  test.block({ txs: [test.mix(1)] })
  for (let height = 2; height <= 5; height++) test.block()
  test.block({ txs: [test.mix(2)] })
  return test
}

/** Replays only these heights. */
function replayed(test: Consortium, ...heights: readonly number[]): string | undefined {
  return replayAll(
    test.twin(),
    heights.map((height) => test.at(height)),
  )
}

describe('a replay from which quiet blocks are left out', () => {
  it('[REPLAY-2] comes to the same state, whichever of them are there', () => {
    const test = quiet()
    for (const heights of [
      [1, 2, 3, 4, 5, 6],
      [1, 2, 5, 6],
      [1, 5, 6],
      [1, 3, 5, 6],
    ]) {
      const twin = test.twin()
      const blocks = heights.map((height) => test.at(height))
      assert.equal(replayAll(twin, blocks), undefined, heights.join())
      assert.deepEqual(twin.tip, test.ledger.tip)
    }
  })

  it('[REPLAY-2] a block that does something needs the one before it', () => {
    const test = quiet()
    assert.equal(replayed(test, 1, 6), 'block 2 is missing')
    assert.equal(replayed(test, 1, 4, 6), 'block 5 is missing')
  })

  it('[REPLAY-2] a block with a receipt that is left out shows', () => {
    const test = quiet()
    for (let height = 7; height <= 9; height++) test.block()
    assert.equal(replayed(test, 1, 5, 8), 'header.appHash differs')
    assert.equal(replayed(test, 1, 5, 7), 'header.appHash differs')
    assert.equal(replayed(test, 2, 5), 'header.appHash differs')
  })

  it('[REPLAY-2] a block in which something falls due is not one that does nothing', () => {
    const test = new Consortium()
    test.block({ txs: [test.act('alarm.set', { alarm: 'X', atMs: test.nowMs + 4_500, onRing: [] })] })
    for (let height = 2; height <= 6; height++) test.block()
    // It rings in block 5, whose header commits to the state before it.
    assert.equal(replayed(test, 1, 5), 'block 2 is missing, or one after it')
    assert.equal(replayed(test, 1, 4, 5), undefined)
    assert.equal(replayed(test, 1, 4, 6), 'header.appHash differs')
  })

  it('[REPLAY-2] a transaction that leaves no receipt makes a block that needs the one before it', () => {
    const test = new Consortium()
    test.block({ txs: [test.mix(1)] })
    test.block()
    test.block({ txs: [new TextEncoder().encode('nonsense')] })
    assert.equal(replayed(test, 1, 3), 'block 2 is missing')
    assert.equal(replayed(test, 1, 2, 3), undefined)
  })

  it('[REPLAY-2] is signed by the validators of its height', () => {
    const test = new Consortium()
    test.block({ txs: [test.seat(fifth, 9)] })
    for (let height = 2; height <= 5; height++) test.block()
    assert.equal(replayed(test, 1, 2, 4), undefined)
    assert.equal(replayed(test, 1, 4), undefined)
    const { header, txs } = test.at(4)
    const twin = test.twin()
    assert.equal(replayAll(twin, [test.at(1)]), undefined)
    const old = founders.map(({ signer: { publicKey }, power }) => ({ publicKey, power }))
    const commit = test.sign(header, test.at(4).commit.blockId, old)
    assert.match(replayAll(twin, [{ header, txs, commit }]) ?? 'it holds', /^commit: /)
  })

  it('[REPLAY-2] no height comes twice, and a proposer is a validator', () => {
    const test = quiet()
    assert.equal(replayed(test, 1, 5, 3), 'header.height is 3, not 6')
    const { header, txs, commit } = test.at(5)
    const twin = test.twin()
    assert.equal(replayAll(twin, [test.at(1)]), undefined)
    const stranger = { ...header, proposerAddress: new Uint8Array(20) }
    assert.equal(twin.replay({ header: stranger, txs, commit }), 'header.proposerAddress is no validator')
  })
})
