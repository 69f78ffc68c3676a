import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { skip } from './homes.ts'
import { pairOf, pairsOf, type TestPair, untilHeight } from './pairs.ts'

const ANEW = 'the height stands still without n1; starting both anew'

describe('a node that stands still without its peer', { skip }, () => {
  it('[STILL-4] [STILL-5] is started anew again and again, until the peer is back and the height moves', async (t) => {
    const [one, two] = (await pairsOf(t, 2)) as [TestPair, TestPair]
    await Promise.all([one.pair.start(), two.pair.start()])
    await Promise.all([untilHeight(one.pair, 1), untilHeight(two.pair, 1)])
    await Promise.all([one.pair.stop(), two.pair.stop()])

    // The bound leaves enough time to find each other on a slow machine.
    const limits = { frozenMs: 500, cutOffMs: 500, inVainMsMax: 20_000, lostMs: 300 }
    const { pair, lines } = pairOf(t, one.plan, limits)
    const lost = once(pair, 'lost')
    await pair.start()
    assert.deepEqual(await lost, ['n1'])
    while (pair.alarm !== 'cutOff') await once(pair, 'alarm')
    while (lines.filter((line) => line.startsWith(ANEW)).length < 2) await once(pair, 'state')
    assert.deepEqual(pair.missing, ['n1'])

    // The next standstill, of half a second, may be an alarm again.
    const moving = once(pair, 'moving').then(() => pair.alarm)
    const back = once(pair, 'back')
    await pairOf(t, two.plan).pair.start()
    assert.deepEqual(await Promise.all([moving, back]), [undefined, ['n1']])
  })
})
