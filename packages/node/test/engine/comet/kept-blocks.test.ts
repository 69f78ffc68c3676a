import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BLOCKS_KEPT_MAX, EVIDENCE_BLOCKS, EVIDENCE_MS, KeptBlocks } from '../../../src/engine/comet/kept-blocks.ts'
import { drivenRig, DrivenNode } from './decided-rig.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** So many blocks, one each `stepMs`, from height 1 and time 0 on. */
function after(blocks: number, stepMs: number): { readonly kept: KeptBlocks; readonly lowest: number } {
  const kept = new KeptBlocks()
  for (let height = 1; height <= blocks; height++) kept.note(height, height * stepMs)
  return { kept, lowest: kept.lowest(blocks, blocks * stepMs) }
}

describe('the blocks kept for others', () => {
  it('[CMT-14] are all of the first 48 hours, whatever the pace', () => {
    assert.ok(after(4_000, 40_000).lowest <= 0)
    assert.ok(after(100_000, 1_000).lowest <= 0)
  })

  it('[CMT-14] are those of the last 48 hours and at most some minutes more', () => {
    for (const stepMs of [200, 1_000, 1_500]) {
      const blocks = Math.ceil((60 * HOUR_MS) / stepMs)
      const { lowest } = after(blocks, stepMs)
      const keptMs = (blocks - lowest) * stepMs
      assert.ok(
        keptMs >= 48 * HOUR_MS && keptMs <= 48 * HOUR_MS + 11 * MINUTE_MS,
        `${keptMs / HOUR_MS} h at ${stepMs} ms`,
      )
    }
  })

  it('[CMT-14] are a hundred thousand at least, where the chain is slow or stood still for days', () => {
    const { kept } = after(150_000, 1_000)
    const later = 150_000_000 + 100 * HOUR_MS
    kept.note(150_001, later)
    assert.equal(kept.lowest(150_001, later), 50_000)
    assert.ok(after(90_000, 10_000).lowest <= 0)
  })

  it('[CMT-14] are all of which the engine would keep a part for ever', () => {
    for (const stepMs of [200, 1_000, 1_728, 2_500, 10_000]) {
      const blocks = 2 * Math.max(EVIDENCE_BLOCKS, EVIDENCE_MS / stepMs)
      const { lowest } = after(blocks, stepMs)
      const dropped = lowest - 1
      assert.ok(dropped > 0)
      // As the engine counts: more than both.
      assert.ok(blocks - dropped > EVIDENCE_BLOCKS && (blocks - dropped) * stepMs > EVIDENCE_MS, `at ${stepMs} ms`)
    }
  })

  it('[CMT-14] are a million at most, or as many as were asked for', () => {
    const kept = new KeptBlocks()
    kept.note(1, 0)
    assert.equal(kept.lowest(BLOCKS_KEPT_MAX + 7, HOUR_MS), 7)
    assert.equal(kept.lowest(500, HOUR_MS, 100), 400)
  })

  it('[CMT-14] are known again after a restart', async () => {
    const { rig, node, block } = await drivenRig()
    const day = 24 * HOUR_MS
    for (let at = 0; at < 4; at++) {
      await rig.pass(day)
      await block(rig.mix(at))
    }
    const { height, timeMs } = node.ledger.tip
    const far = height + 2 * EVIDENCE_BLOCKS
    const before = node.keeper.kept.lowest(far, timeMs)
    assert.equal(before, 2)
    await node.close()
    const again = await DrivenNode.open(rig)
    assert.equal(again.keeper.kept.lowest(far, timeMs), before)
    await again.close()
  })
})
