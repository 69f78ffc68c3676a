import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LostPeers } from '../../src/network/lost-peers.ts'
import { type Look, Standstill } from '../../src/network/standstill.ts'

const limits = { frozenMs: 10, deadMs: 30, cutOffMs: 20 }
const at = (height: number, over: Partial<Look> = {}): Look => ({
  height,
  catchingUp: false,
  peerHeightMax: height + 1,
  connected: 3,
  missing: [],
  strangers: [],
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
    const seen = verdicts([0, at(4)], [0, at(5)], [1, behind], [30, behind], [31, behind])
    assert.deepEqual(seen.slice(-2), ['frozen', 'dead'])
  })

  it('[STILL-3] is not its fault when others stand still too, when it catches up, or when the blame was interrupted', () => {
    const behind = at(5, { peerHeightMax: 9 })
    assert.deepEqual(verdicts([0, at(5)], [1_000, at(5)]).at(-1), 'frozen')
    const catchingUp = at(5, { peerHeightMax: 9, catchingUp: true })
    assert.deepEqual(verdicts([0, at(5)], [1, catchingUp], [1_000, catchingUp]).at(-1), 'frozen')
    const seen = verdicts([0, at(4)], [0, at(5)], [1, behind], [20, at(5)], [25, behind], [40, behind])
    assert.deepEqual(seen.at(-1), 'frozen')
  })

  it('[STILL-3] [STILL-4] is nobody’s fault while it does not say what its peers do, for it executes a block', () => {
    const busy = at(5, { peerHeightMax: undefined, connected: 2, missing: ['n3'] })
    assert.equal(verdicts([0, at(5)], [1, busy], [9_000, busy]).at(-1), 'frozen')
    const behind = at(5, { peerHeightMax: 7, missing: ['n3'] })
    assert.equal(verdicts([0, at(4)], [0, at(5)], [1, behind], [15, busy], [16, behind], [35, behind]).at(-1), 'frozen')
  })

  it('[STILL-4] is cut off when a peer was missing all the while, and when it moves with one missing it is not', () => {
    const alone = at(5, { connected: 2, missing: ['n3'] })
    const seen = verdicts([0, alone], [1, alone], [20, alone], [21, alone])
    assert.deepEqual(seen, ['moving', 'moving', 'frozen', 'cutOff'])
    assert.equal(verdicts([0, alone], [1, alone], [15, at(5)], [16, alone], [35, alone]).at(-1), 'frozen')
    const moving = [0, 10, 20, 30, 40].map((ms) => [ms, at(ms, { missing: ['n3'] })] as const)
    assert.deepEqual(new Set(verdicts(...moving)), new Set(['moving']))
  })

  it('[STILL-4] is not cut off while it catches up from somebody', () => {
    const restoring = at(0, { catchingUp: true, connected: 1, missing: ['n3'] })
    assert.equal(verdicts([0, restoring], [1, restoring], [500, restoring]).at(-1), 'frozen')
    const alone = { ...restoring, connected: 0 }
    assert.equal(verdicts([0, alone], [1, alone], [500, alone]).at(-1), 'cutOff')
  })
})

describe('a height that this life began with', () => {
  const behind = at(5, { peerHeightMax: 900 })

  it('[STILL-6] is stranded while peers are further and give it no block, until that is for long its own fault', () => {
    const seen = verdicts([0, behind], [9, behind], [10, behind], [38, behind], [39, behind])
    assert.deepEqual(seen, ['moving', 'moving', 'stranded', 'stranded', 'dead'])
  })

  it('[STILL-6] is not when it has moved, when it catches up, and when the peers were not further all the while', () => {
    const moved = at(6, { peerHeightMax: 900 })
    assert.equal(verdicts([0, behind], [1, moved], [12, moved]).at(-1), 'frozen')
    const catchingUp = at(5, { peerHeightMax: 900, catchingUp: true })
    assert.equal(verdicts([0, catchingUp], [12, catchingUp]).at(-1), 'frozen')
    assert.equal(verdicts([0, behind], [8, at(5)], [12, behind]).at(-1), 'frozen')
  })
})

describe('peers that are missing', () => {
  it('[STILL-5] are told of once, after a while, and again when they are back', () => {
    const peers = new LostPeers(10)
    const none = { lost: [], back: [] }
    assert.deepEqual(peers.see(['n1', 'n2'], 0), none)
    assert.deepEqual(peers.see(['n1'], 9), none)
    assert.deepEqual(peers.missing, ['n1'])
    assert.deepEqual(peers.see(['n1', 'n2'], 10), { lost: ['n1'], back: [] })
    assert.deepEqual(peers.see(['n1', 'n2'], 19), none)
    assert.deepEqual(peers.see(['n2'], 20), { lost: ['n2'], back: ['n1'] })
    assert.deepEqual(peers.see([], 21), { lost: [], back: ['n2'] })
    assert.deepEqual(peers.see([], 22), none)
  })
})
