import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { GROUP_LEAVES, LogTree, type Reminded, groupOf, leafHash } from '../../../src/crypto/log/index.ts'
import { sha256 } from './sha256.ts'

const size = 5 * GROUP_LEAVES + 77
const whole = new LogTree(sha256)
const leaves = Array.from({ length: size }, (_, index) => leafHash(sha256, Buffer.from(String(index))))
for (const leaf of leaves) whole.append(leaf)

function forgetful(before: number): LogTree {
  const log = new LogTree(sha256)
  for (const leaf of leaves) log.append(leaf)
  log.forgetBefore(before)
  return log
}

/** Reads what an answer about these leaves needs from the log that has not forgotten, which stands for a file. */
function remindedOf(log: LogTree, ...indices: readonly number[]): Reminded {
  const reminded = new Map()
  for (const index of indices) {
    if (log.group(index) !== undefined) continue
    const number = groupOf(index)
    reminded.set(number, log.remind(number, whole.leaves(number * GROUP_LEAVES, (number + 1) * GROUP_LEAVES)))
  }
  return reminded
}

const places = fc.integer({ min: 1, max: size }).chain((later) => fc.tuple(fc.nat(later - 1), fc.constant(later)))

describe('a log that forgets', () => {
  it('[TREE-13] answers as one that does not, once it is reminded', () => {
    fc.assert(
      fc.property(places, fc.nat(size), ([index, at], before) => {
        const log = forgetful(before)
        const reminded = remindedOf(log, index, at - 1)
        assert.deepEqual(log.inclusionProof(index, at, reminded), whole.inclusionProof(index, at))
        assert.deepEqual(log.rootAt(at, reminded), whole.rootAt(at))
        assert.deepEqual(log.leaf(index, reminded), leaves[index])
        const earlier = index + 1
        const both = remindedOf(log, earlier - 1, Math.min(earlier, size - 1), at - 1)
        assert.deepEqual(log.consistencyProof(earlier, at, both), whole.consistencyProof(earlier, at))
        assert.deepEqual(log.frontier(), whole.frontier())
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-13] forgets whole groups, and goes on', () => {
    const log = forgetful(2 * GROUP_LEAVES + 255)
    assert.equal(log.group(2 * GROUP_LEAVES - 1), undefined)
    assert.notEqual(log.group(2 * GROUP_LEAVES), undefined)
    assert.throws(() => log.inclusionProof(0, size), /group 0 is forgotten/)
    assert.throws(() => log.leaves(0, 1), /group 0 is forgotten/)
    assert.deepEqual(log.inclusionProof(3 * GROUP_LEAVES, size), whole.inclusionProof(3 * GROUP_LEAVES, size))
    const all = forgetful(size)
    const more = new LogTree(sha256)
    for (const leaf of [...leaves, ...leaves]) more.append(leaf)
    for (const leaf of leaves) all.append(leaf)
    assert.deepEqual(all.frontier(), more.frontier())
  })

  it('[TREE-13] is not reminded of what it never held', () => {
    const log = forgetful(size)
    const first = whole.leaves(0, GROUP_LEAVES)
    assert.notEqual(log.remind(0, first), undefined)
    assert.equal(log.remind(1, first), undefined)
    assert.equal(log.remind(5, first), undefined)
    assert.equal(log.remind(0, first.subarray(1)), undefined)
    for (const at of [0, 4_000, first.length - 1]) {
      const flipped = Uint8Array.from(first)
      flipped[at] = (flipped[at] as number) ^ 1
      assert.equal(log.remind(0, flipped), undefined)
    }
  })
})
