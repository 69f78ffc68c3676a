import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { LogTree, leafHash, nodeHash, verifyConsistency, verifyInclusion } from '../../../src/crypto/log/index.ts'
import { sha256 } from './sha256.ts'

const sizeMax = 40
const log = new LogTree(sha256)
const leafAt = (index: number): Uint8Array => leafHash(sha256, Uint8Array.of(index))
for (let i = 0; i < sizeMax; i++) log.append(leafAt(i))

const head = (size: number) => ({ size, root: log.rootAt(size) })

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[bit >>> 3] = (changed[bit >>> 3] as number) ^ (1 << (bit & 7))
  return changed
}

describe('proofs from a log', () => {
  it('[TREE-6] show every leaf at every size, and show it nowhere else', () => {
    for (let size = 1; size <= sizeMax; size++) {
      const root = log.rootAt(size)
      for (let index = 0; index < size; index++) {
        const path = log.inclusionProof(index, size)
        assert.ok(verifyInclusion(sha256, leafAt(index), index, size, path, root))
        for (const elsewhere of [index - 1, index + 1, index ^ 2, index + size, 0.5, Number.NaN]) {
          assert.equal(verifyInclusion(sha256, leafAt(index), elsewhere, size, path, root), false)
        }
        assert.equal(verifyInclusion(sha256, leafAt(index + 1), index, size, path, root), false)
      }
    }
  })

  it('[TREE-7] join every two sizes, and no others', () => {
    for (let later = 1; later <= sizeMax; later++) {
      for (let earlier = 1; earlier <= later; earlier++) {
        const path = log.consistencyProof(earlier, later)
        assert.ok(verifyConsistency(sha256, head(earlier), head(later), path))
        const swapped = verifyConsistency(sha256, head(later), head(earlier), path)
        assert.equal(swapped, earlier === later)
        if (earlier < later) {
          const rewritten = { size: earlier, root: log.rootAt(earlier === 1 ? 2 : earlier - 1) }
          assert.equal(verifyConsistency(sha256, rewritten, head(later), path), false)
          assert.equal(verifyConsistency(sha256, { ...head(earlier), size: 0 }, head(later), path), false)
        }
      }
    }
  })

  it('[TREE-6] [TREE-7] are refused when one bit differs, or a hash is missing, added or cut short', () => {
    const sizes = fc.integer({ min: 2, max: sizeMax }).chain((later) => fc.tuple(fc.nat(later - 1), fc.constant(later)))
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(255), ([index, size], pick, bit) => {
        const root = log.rootAt(size)
        const leaf = leafAt(index)
        const path = log.inclusionProof(index, size)
        const included = (changed: readonly Uint8Array[]): boolean =>
          verifyInclusion(sha256, leaf, index, size, changed, root)
        for (const forged of forgeries(path, pick, bit, root)) assert.equal(included(forged), false)
        assert.equal(verifyInclusion(sha256, flipped(leaf, bit), index, size, path, root), false)
        assert.equal(verifyInclusion(sha256, leaf, index, size, path, flipped(root, bit)), false)
        assert.equal(verifyInclusion(sha256, leaf.subarray(1), index, size, path, root), false)

        const earlier = Math.max(1, index)
        const steps = log.consistencyProof(earlier, size)
        for (const forged of forgeries(steps, pick, bit, root)) {
          assert.equal(verifyConsistency(sha256, head(earlier), head(size), forged), false)
        }
        const twisted = { size: earlier, root: flipped(log.rootAt(earlier), bit) }
        assert.equal(verifyConsistency(sha256, twisted, head(size), steps), false)
        assert.equal(verifyConsistency(sha256, head(earlier), { size, root: flipped(root, bit) }, steps), false)
      }),
      { numRuns: 300 },
    )
  })

  // The roots below are right for the bytes shown: whoever makes a root may make it of anything.
  it('[TREE-6] [TREE-7] are refused under a root made of more leaves, or fewer, than the size says', () => {
    const { root } = head(2)
    assert.ok(verifyInclusion(sha256, leafAt(1), 1, 2, [leafAt(0)], root))
    assert.equal(verifyInclusion(sha256, leafAt(1), 0, 1, [leafAt(0)], root), false)
    assert.equal(verifyConsistency(sha256, { size: 2, root }, { size: 1, root }, []), false)
    const steps = log.consistencyProof(7, 8)
    assert.ok(verifyConsistency(sha256, head(7), head(8), steps))
    assert.equal(verifyConsistency(sha256, { ...head(7), size: 3 }, { ...head(8), size: 4 }, steps), false)
  })

  it('[TREE-6] [TREE-7] are refused under a root made of a hash that is not 32 bytes', () => {
    const leaf = leafAt(0)
    const long = new Uint8Array(33)
    const root = nodeHash(sha256, leaf, long)
    assert.equal(verifyInclusion(sha256, leaf, 0, 2, [long], root), false)
    assert.equal(verifyConsistency(sha256, head(1), { size: 2, root }, [long]), false)
  })

  it('[TREE-6] [TREE-7] grow with the logarithm of the log', () => {
    assert.equal(log.inclusionProof(0, 32).length, 5)
    assert.equal(log.inclusionProof(32, 33).length, 1)
    assert.equal(log.consistencyProof(32, 33).length, 1)
    assert.ok(log.consistencyProof(21, 40).length <= 7)
  })

  it('[TREE-6] hold for sizes beyond 32 bits', () => {
    // A log of 2^40 equal leaves: each level has one hash, so its root and any path can be written down.
    const levels = [leafAt(0)]
    for (let level = 0; level < 40; level++) {
      const below = levels[level] as Uint8Array
      levels.push(sha256(Buffer.concat([Uint8Array.of(1), below, below])))
    }
    const root = levels[40] as Uint8Array
    const path = levels.slice(0, 40)
    assert.ok(verifyInclusion(sha256, leafAt(0), 2 ** 39 + 12345, 2 ** 40, path, root))
    assert.equal(verifyInclusion(sha256, leafAt(0), 2 ** 39 + 12345, 2 ** 41, path, root), false)
    assert.ok(
      verifyConsistency(sha256, { size: 2 ** 39, root: path[39] as Uint8Array }, { size: 2 ** 40, root }, [
        path[39] as Uint8Array,
      ]),
    )
  })

  it('stop when asked for a leaf or a size the log does not have', () => {
    for (const [index, size] of [
      [0, 0],
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [0, sizeMax + 1],
      [0, 1.5],
    ] as const) {
      assert.throws(() => log.inclusionProof(index, size), /no such/)
    }
    for (const [earlier, later] of [
      [0, 5],
      [6, 5],
      [1, sizeMax + 1],
      [1.5, 5],
      [1, 2.5],
    ] as const) {
      assert.throws(() => log.consistencyProof(earlier, later), /no such/)
    }
    for (const size of [-1, sizeMax + 1, 1.5]) assert.throws(() => log.rootAt(size), /no such/)
  })
})

/** Paths that differ from an honest one in one bit, one hash, or one byte. */
function forgeries(path: readonly Uint8Array[], pick: number, bit: number, root: Uint8Array): Uint8Array[][] {
  const forged = [
    [...path, root],
    [root, ...path],
    [...path, new Uint8Array(0)],
    [new Uint8Array(0), ...path],
  ]
  if (path.length === 0) return forged
  const at = pick % path.length
  const touched = path[at] as Uint8Array
  forged.push(path.toSpliced(at, 1), path.with(at, flipped(touched, bit)), path.with(at, touched.subarray(1)))
  return forged
}
