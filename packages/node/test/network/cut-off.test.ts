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
    const { pair, lines } = pairOf(t, one.plan, { cutOffMs: 500, inVainMsMax: 20_000, lostMs: 300 })
    const [lost, cutOff] = [once(pair, 'lost'), once(pair, 'alarm')]
    await pair.start()
    assert.deepEqual(await lost, ['n1'])
    assert.deepEqual(await cutOff, ['cutOff'])
    while (lines.filter((line) => line.startsWith(ANEW)).length < 2) await once(pair, 'state')
    assert.deepEqual(pair.missing, ['n1'])

    const [moving, back] = [once(pair, 'moving'), once(pair, 'back')]
    await pairOf(t, two.plan).pair.start()
    await Promise.all([moving, back])
    assert.equal(pair.alarm, undefined)
  })
})
