import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Rig, alice, allReceipts, receiptOf } from './rig.ts'

describe('a node that cannot go on', () => {
  it('[ENG-7] stops at a defect, says which, and acknowledges nothing of the block', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    const before = node.status()
    const outcomes = await node.submitMany([rig.mix(2), rig.act(alice, 'tally.break', { tally: 'X' })])
    for (const outcome of outcomes) assert.equal(outcome.kind === 'busy' && outcome.reason, 'stopping')
    assert.match(node.status().failure ?? '', /TALLY-1/)
    assert.deepEqual([node.status().height, node.status().appHash], [before.height, before.appHash])
    const later = await node.submit(rig.mix(3))
    assert.equal(later.kind === 'busy' && later.reason, 'stopping')
    await node.close()
    const again = await rig.open()
    assert.equal(again.status().height, 1, 'the block that broke the invariant was never made')
    assert.equal(receiptOf(await again.submit(rig.mix(4))).code, 0)
    await again.close()
  })

  it('[ENG-7] acknowledges nothing when the disk fails, and lets a resend find out after the restart', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    rig.disk.conditions.errorPpm = 1_000_000
    await assert.rejects(node.submit(bytes), /journal failed/)
    assert.match(node.status().failure ?? '', /journal failed/)
    assert.equal(node.status().height, 0)
    const later = await node.submit(rig.mix(2))
    assert.equal(later.kind === 'busy' && later.reason, 'stopping')
    rig.disk.killProcess()
    rig.disk.conditions.errorPpm = 0
    const again = await rig.open()
    assert.equal(receiptOf(await again.submit(bytes)).code, 0)
    assert.equal((await allReceipts(again)).length, 1)
    await again.close()
  })

  it('[ENG-7] answers those who wait behind a block that could not be stored that they were not taken', async () => {
    const rig = new Rig({ limits: { blockActsMax: 1 } })
    const node = await rig.open()
    rig.disk.conditions.capacityBytes = 0
    const inBlock = node.submit(rig.mix(1))
    const behind = node.submit(rig.mix(2))
    await assert.rejects(inBlock, /ENOSPC/)
    const outcome = await behind
    assert.equal(outcome.kind === 'busy' && outcome.reason, 'stopping')
  })

  it('[ENG-7] promises nothing when the intake log cannot be written', async () => {
    const rig = new Rig()
    const node = await rig.open()
    rig.disk.conditions.errorPpm = 1_000_000
    await assert.rejects(node.accept(rig.mix(1)), /failed/)
  })
})
