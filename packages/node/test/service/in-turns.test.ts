import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inTurns } from '../../src/service/in-turns.ts'
import { Rig } from '../engine/rig.ts'

const list = Array.from({ length: 600 }, (_, n) => Uint8Array.of(n & 255, n >> 8))
const numberOf = ([low = 0, high = 0]: Uint8Array): number => low + 256 * high

describe('a long list', () => {
  it('lets others have their turn in between, and is answered in its order', async () => {
    const taken: number[] = []
    const answers: (() => void)[] = []
    const done = inTurns<number>(list, (bytes, answer) => {
      taken.push(numberOf(bytes))
      answers.push(() => answer(numberOf(bytes)))
    })
    const atOnce = taken.length
    assert.ok(atOnce > 0 && atOnce < 600)
    while (taken.length < 600) await new Promise(setImmediate)
    for (const answer of answers.reverse()) answer()
    assert.deepEqual(
      await done,
      list.map((bytes) => numberOf(bytes)),
    )
    assert.deepEqual(await inTurns([], () => assert.fail('nothing to take')), [])
  })

  it('rejects with the first error and asks nobody to catch the others', async () => {
    await assert.rejects(
      inTurns(list, (bytes, answer) => answer(new Error(`${numberOf(bytes)}`))),
      /^Error: 0$/,
    )
  })

  it('[IN-5] of promises is taken in like one of submissions', async () => {
    const rig = new Rig({}, { actsPerMinuteMax: 1_000 })
    const node = await rig.open()
    const acts = Array.from({ length: 300 }, (_, n) => rig.mix(n))
    const answers = Array.from(await node.acceptMany([...acts, Uint8Array.of(1)]))
    assert.equal(answers.pop()?.kind, 'inadmissible')
    for (const answer of answers) assert.equal(answer.kind, 'accepted')
    for (const act of await node.submitMany(acts)) assert.ok(act.kind === 'committed' && act.repeated)
    await node.close()
  })
})
