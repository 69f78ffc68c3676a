import assert from 'node:assert/strict'
import { it } from 'node:test'
import { OlderCopy } from '../../../src/engine/comet/older-copy.ts'

const passed = (height: number, quiet = false) => ({ height, quiet, hash: new Uint8Array(32), reseats: false })

it('[CMT-20] is noticed by a block with an effect below what the keys have signed', () => {
  const copy = new OlderCopy(41, 30)
  for (const block of [passed(31, true), passed(32, true)]) copy.pass(block)
  assert.equal(copy.stand, undefined)
  copy.pass(passed(33))
  copy.pass(passed(34, true))
  assert.deepEqual(copy.stand, { endedAtHeight: 30, signedHeight: 41 })
})

it('[CMT-20] is none where a crash came between a vote and its block, or the keys sign nothing', () => {
  for (const [signed, ended] of [
    [41, 40],
    [0, 30],
  ] as const) {
    const copy = new OlderCopy(signed, ended)
    copy.pass(passed(41))
    assert.equal(copy.stand, undefined)
  }
})
