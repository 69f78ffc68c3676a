import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Look, Standstill } from '../../src/network/standstill.ts'

const limits = { frozenMs: 10, deadMs: 30 }
const at = (height: number, over: Partial<Look> = {}): Look => ({
  height,
  catchingUp: false,
  peerHeightMax: height + 1,
  ...over,
})

/** The verdicts on looks a while apart. */
function verdicts(...looks: readonly (readonly [atMs: number, look: Look | undefined])[]): readonly string[] {
  const standstill = new Standstill(limits)
  return looks.map(([atMs, look]) => standstill.see(look, atMs))
}

describe('a height that stands still', () => {
  it('[STILL-1] is frozen after a while, and moves again with the next block', () => {
    const seen = verdicts([0, at(5)], [9, at(5)], [10, at(5)], [500, at(5)], [501, at(6)], [510, at(6)])
    assert.deepEqual(seen, ['moving', 'moving', 'frozen', 'frozen', 'moving', 'moving'])
  })

  it('[STILL-2] is not judged before the first answer, however long the start takes', () => {
    assert.deepEqual(verdicts([0, undefined], [9_000, undefined], [9_001, at(0)]), ['starting', 'starting', 'moving'])
  })

  it('[STILL-3] is the fault of a process that does not answer any more', () => {
    const seen = verdicts([0, at(5)], [5, undefined], [34, undefined], [35, undefined])
    assert.deepEqual(seen, ['moving', 'moving', 'frozen', 'dead'])
  })

  it('[STILL-3] is its fault while a peer decides on a later height', () => {
    const behind = at(5, { peerHeightMax: 7 })
    assert.deepEqual(verdicts([0, at(5)], [1, behind], [30, behind], [31, behind]).at(-2), 'frozen')
    assert.deepEqual(verdicts([0, at(5)], [1, behind], [30, behind], [31, behind]).at(-1), 'dead')
  })

  it('[STILL-3] is not its fault when others stand still too, when it catches up, or when the blame was interrupted', () => {
    const behind = at(5, { peerHeightMax: 9 })
    assert.deepEqual(verdicts([0, at(5)], [1_000, at(5)]).at(-1), 'frozen')
    const catchingUp = at(5, { peerHeightMax: 9, catchingUp: true })
    assert.deepEqual(verdicts([0, at(5)], [1, catchingUp], [1_000, catchingUp]).at(-1), 'frozen')
    assert.deepEqual(verdicts([0, at(5)], [1, behind], [20, at(5)], [25, behind], [40, behind]).at(-1), 'frozen')
  })
})
