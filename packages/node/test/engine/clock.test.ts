import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Rig, receiptOf } from './rig.ts'

const HOUR_MS = 3_600_000

describe('a clock that leaps', () => {
  it('[ENG-8] ahead is not believed until it is back: no block, no act, and the status says why', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    await rig.pass(1_000)
    const before = node.status()
    const bytes = rig.mix(2)
    rig.clock.leap(HOUR_MS)
    assert.deepEqual(await node.submit(bytes), { kind: 'busy', reason: 'clockLeapt', retryAfterSeconds: 10 })
    await rig.pass(5_000)
    const { stalled, ...rest } = node.status()
    assert.deepEqual(rest, before)
    assert.match(stalled ?? '', /leapt 3600 s ahead/)
    rig.clock.leap(-HOUR_MS)
    await rig.pass(1_000)
    assert.equal(node.status().stalled, undefined)
    assert.equal(receiptOf(await node.submit(bytes)).time, rig.clock.nowMs())
    await node.close()
  })

  it('[ENG-8] while acts wait leaves them waiting, and they come into a block once it is back', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    rig.clock.leap(59_999)
    const waiting = node.submit(rig.mix(2))
    rig.clock.leap(HOUR_MS)
    await rig.pass(10_000)
    assert.match(node.status().stalled ?? '', /leapt/)
    rig.clock.leap(-HOUR_MS)
    await rig.pass(1_000)
    assert.equal(receiptOf(await waiting).code, 0)
    await node.close()
  })

  it('[ENG-8] by a minute, or back, is believed', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const first = receiptOf(await node.submit(rig.mix(1)))
    rig.clock.leap(60_000)
    assert.equal(receiptOf(await node.submit(rig.mix(2))).time, rig.clock.nowMs())
    rig.clock.leap(-HOUR_MS)
    const third = receiptOf(await node.submit(rig.mix(3, undefined, { expires: first.time + HOUR_MS })))
    assert.equal(third.code, 0)
    assert.ok(third.time > first.time)
    await node.close()
  })

  it('[ENG-8] is taken as it is by a node that is started anew, and does not keep one from stopping', async () => {
    const rig = new Rig()
    const node = await rig.open()
    rig.clock.leap(HOUR_MS)
    assert.notEqual(node.status().stalled, undefined)
    await node.close()
    const again = await rig.open()
    assert.equal(again.status().stalled, undefined)
    assert.equal(receiptOf(await again.submit(rig.mix(1))).time, rig.clock.nowMs())
    await again.close()
  })
})
