import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Others } from '../../../src/engine/comet/others.ts'
import { SimClock } from '../../../src/seams/index.ts'

function asked() {
  const clock = new SimClock(1_000_000)
  const peer = { decidingOn: 0, answers: true, looks: 0 }
  const others = new Others(async () => {
    peer.looks += 1
    if (!peer.answers) throw new Error('no answer')
    return peer.decidingOn
  }, clock)
  const pass = (ms: number): Promise<void> => clock.advanceTo(clock.nowMs() + ms)
  return { clock, others, peer, pass }
}

describe('others that may have come further', () => {
  it('[CMT-14] are asked for once no block has come for 15 s, and not while blocks come', async () => {
    const { others, peer, pass } = asked()
    for (let block = 0; block < 20; block++) {
      others.moved()
      await pass(14_000)
    }
    assert.equal(peer.looks, 0)
    peer.decidingOn = 41
    await pass(1_000)
    assert.equal(peer.looks, 1)
    assert.deepEqual([others.beyond(39), others.beyond(40)], [40, undefined])
  })

  it('[CMT-14] are forgotten with the next block, as is an answer that was asked for before it', async () => {
    const { clock, pass } = asked()
    const answers: ((height: number) => void)[] = []
    const slow = new Others(() => new Promise((resolve) => answers.push(resolve)), clock)
    slow.moved()
    await pass(15_000)
    slow.moved()
    answers[0]?.(900)
    await pass(0)
    assert.equal(slow.beyond(5), undefined)
  })

  it('[CMT-14] are asked for again and again, also of an engine that did not answer, until the node stops', async () => {
    const { clock, others, peer, pass } = asked()
    others.moved()
    peer.answers = false
    await pass(15_000)
    assert.equal(others.beyond(0), undefined)
    Object.assign(peer, { answers: true, decidingOn: 7 })
    await pass(5_000)
    assert.equal(others.beyond(0), 6)
    others.stop()
    others.moved()
    assert.equal(clock.nextMs(), undefined)
  })
})
