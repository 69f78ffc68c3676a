import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Heartbeat } from '../../../src/engine/comet/heartbeat.ts'
import { SimClock } from '../../../src/seams/index.ts'

function watched() {
  const clock = new SimClock(1_000_000)
  const heartbeat = new Heartbeat(clock)
  const beat = async (lagMs: number): Promise<void> => {
    await clock.advanceTo(clock.nowMs() + 1_000)
    heartbeat.beat(clock.nowMs() - lagMs)
  }
  return { clock, heartbeat, beat }
}

describe('the heartbeat', () => {
  it('[CMT-14] turns acts away before the first block, and while old blocks come', async () => {
    const { heartbeat, beat } = watched()
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(3_600_000)
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(1_500)
    assert.equal(heartbeat.stalled(), undefined)
  })

  it('[CMT-14] says that the clock is ahead when blocks stay as old as they are, and takes it back', async () => {
    const { heartbeat, beat } = watched()
    for (let block = 0; block < 10; block++) await beat(25_000)
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(25_300)
    assert.equal(heartbeat.stalled()?.turnsAway, 'clockLeapt')
    assert.match(heartbeat.stalled()?.reason ?? '', /^the clock of this node is 25 s ahead/)
    await beat(1_000)
    assert.equal(heartbeat.stalled(), undefined)
  })

  it('[CMT-14] catches up, however slowly, as long as blocks grow younger', async () => {
    const { heartbeat, beat } = watched()
    for (let lagMs = 60_000; lagMs > 10_000; lagMs -= 300) {
      await beat(lagMs)
      assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    }
  })

  it('[CMT-14] says that it stands still after 15 s, by the clock that cannot be set, and takes acts in all the same', async () => {
    const { clock, heartbeat, beat } = watched()
    await beat(1_000)
    clock.leap(60_000)
    assert.equal(heartbeat.stalled(), undefined)
    await clock.advanceTo(clock.nowMs() + 14_900)
    assert.equal(heartbeat.stalled(), undefined)
    await clock.advanceTo(clock.nowMs() + 200)
    const stall = heartbeat.stalled()
    assert.match(stall?.reason ?? '', /no block for 15 s/)
    assert.equal(stall?.turnsAway, undefined)
  })

  it('[CMT-14] has a margin of twice the worst lag of late, and of two seconds at least', async () => {
    const { heartbeat, beat } = watched()
    assert.equal(heartbeat.marginMs, 2_000)
    await beat(-500)
    assert.equal(heartbeat.marginMs, 2_000)
    await beat(3_000)
    assert.equal(heartbeat.marginMs, 6_000)
    for (let block = 0; block < 63; block++) await beat(1_200)
    assert.equal(heartbeat.marginMs, 6_000)
    await beat(1_200)
    assert.equal(heartbeat.marginMs, 2_400)
  })

  it('[CMT-14] learns nothing about the margin from blocks that are old when they come', async () => {
    const { heartbeat, beat } = watched()
    await beat(3_600_000)
    await beat(1_500)
    assert.equal(heartbeat.marginMs, 3_000)
    assert.equal(heartbeat.lagMs, 1_500)
  })
})
