import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Heartbeat } from '../../../src/engine/comet/heartbeat.ts'
import { SimClock } from '../../../src/seams/index.ts'

function watched() {
  const clock = new SimClock(1_000_000)
  const heartbeat = new Heartbeat(clock)
  const pass = (ms: number): Promise<void> => clock.advanceTo(clock.nowMs() + ms)
  /** A block that comes a while after the one before, and is so old when it is committed, which takes a while too. */
  const beat = async (lagMs: number, { afterMs = 1_000, takesMs = 0 } = {}): Promise<void> => {
    await pass(afterMs - takesMs)
    heartbeat.decided()
    await pass(takesMs)
    heartbeat.beat(clock.nowMs() - lagMs)
  }
  return { clock, heartbeat, beat, pass }
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

  it('[CMT-14] takes acts in where the whole ledger is slow: its blocks are as old as the wait for them', async () => {
    const { heartbeat, beat } = watched()
    await beat(1_500)
    for (const afterMs of [4_000, 9_000, 12_000, 14_000, 14_500]) {
      // What it takes to execute a block, and votes that are long on their way, make it no older.
      await beat(1.4 * afterMs, { afterMs, takesMs: afterMs / 3 })
      assert.equal(heartbeat.stalled(), undefined)
    }
    assert.equal(heartbeat.marginMs, 2 * 1.4 * 14_500)
  })

  it('[CMT-14] goes on at once after a standstill', async () => {
    const { heartbeat, beat } = watched()
    await beat(1_500)
    await beat(601_000, { afterMs: 600_000 })
    assert.equal(heartbeat.stalled(), undefined)
    assert.equal(heartbeat.marginMs, 60_000)
  })

  it('[CMT-14] is catching up after it alone has been away', async () => {
    const { heartbeat, beat } = watched()
    await beat(1_500)
    await beat(600_000, { afterMs: 599_000 })
    await beat(599_000, { afterMs: 20 })
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(400_000, { afterMs: 2_000 })
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(1_500)
    assert.equal(heartbeat.stalled(), undefined)
  })

  it('[CMT-14] is catching up, and does not blame its clock, where it is slower than the others', async () => {
    const { heartbeat, beat } = watched()
    for (let lagMs = 1_500; lagMs < 40_000; lagMs += 2_000) await beat(lagMs, { afterMs: 3_000, takesMs: 2_900 })
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
  })

  it('[CMT-14] says that the clock is ahead when blocks stay as old as they are, and takes it back', async () => {
    const { heartbeat, beat } = watched()
    await beat(25_000)
    for (let block = 1; block < 10; block++) await beat(26_000)
    assert.equal(heartbeat.stalled()?.turnsAway, 'catchingUp')
    await beat(26_300)
    assert.equal(heartbeat.stalled()?.turnsAway, 'clockLeapt')
    assert.match(heartbeat.stalled()?.reason ?? '', /^the clock of this node is 25 s ahead/)
    await beat(1_000)
    assert.equal(heartbeat.stalled(), undefined)
  })

  it('[CMT-14] catches up, however slowly, as long as blocks grow younger', async () => {
    const { heartbeat, beat } = watched()
    for (let lagMs = 60_000; lagMs > 11_000; lagMs -= 300) {
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

  it('[CMT-14] says which blocks it lacks where it stands still and another node has them, and takes nothing in', async () => {
    const { heartbeat, beat, pass } = watched()
    await beat(1_000)
    assert.equal(heartbeat.stalled(900), undefined)
    await pass(15_100)
    const stall = heartbeat.stalled(900)
    assert.match(stall?.reason ?? '', /^no block for 15 s, while another node has block 900/)
    assert.equal(stall?.turnsAway, 'catchingUp')
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
