import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  append,
  emptyFrontier,
  emptyLogRoot,
  type Frontier,
  frontierFromJson,
  frontierToJson,
  LogTree,
  leafHash,
  merkleRoot,
  nodeHash,
  rootOf,
} from '../../../src/crypto/log/index.ts'
import { sha256 } from './sha256.ts'

/** The root by its recursive definition in RFC 6962, 2.1. */
function modelRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyLogRoot(sha256)
  if (leaves.length === 1) return leafHash(sha256, leaves[0] as Uint8Array)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(sha256, modelRoot(leaves.slice(0, split)), modelRoot(leaves.slice(split)))
}

const leaves = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 })

function grown(all: readonly Uint8Array[]): { frontier: Frontier; tree: LogTree } {
  const tree = new LogTree(sha256)
  let frontier = emptyFrontier
  for (const bytes of all) {
    const leaf = leafHash(sha256, bytes)
    frontier = append(sha256, frontier, leaf)
    tree.append(leaf)
  }
  return { frontier, tree }
}

describe('an append-only log', () => {
  it('[TREE-3] has the root of RFC 6962, as a list, a frontier and a tree', () => {
    fc.assert(
      fc.property(leaves, (all) => {
        const { frontier, tree } = grown(all)
        const root = modelRoot(all)
        assert.deepEqual(merkleRoot(sha256, all), root)
        assert.deepEqual(rootOf(sha256, frontier), root)
        assert.deepEqual(tree.rootAt(all.length), root)
        assert.equal(tree.size, all.length)
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-4] has the frontier that grew leaf by leaf, and gives its leaves back', () => {
    fc.assert(
      fc.property(leaves, (all) => {
        const { frontier, tree } = grown(all)
        assert.deepEqual(tree.frontier(), frontier)
        const [from, to] = [Math.floor(all.length / 3), all.length]
        const hashes = all.slice(from, to).flatMap((bytes) => [...leafHash(sha256, bytes)])
        assert.deepEqual([...tree.leaves(from, to)], hashes)
      }),
      { numRuns: 60 },
    )
    const { tree } = grown([Uint8Array.of(1)])
    assert.throws(() => tree.leaves(1, 0), /no such range/)
    assert.throws(() => tree.leaves(0, 2), /no such size/)
  })

  it('[TREE-3] remembers the root of every earlier size', () => {
    const all = Array.from({ length: 67 }, (_, i) => Uint8Array.of(i))
    const { tree } = grown(all)
    for (let size = 0; size <= all.length; size++) assert.deepEqual(tree.rootAt(size), modelRoot(all.slice(0, size)))
  })

  it('[TREE-4] goes on from a frontier written down and read again', () => {
    fc.assert(
      fc.property(leaves, leaves, (first, second) => {
        let frontier = frontierFromJson(JSON.parse(JSON.stringify(frontierToJson(grown(first).frontier))))
        for (const bytes of second) frontier = append(sha256, frontier, leafHash(sha256, bytes))
        assert.deepEqual(rootOf(sha256, frontier), modelRoot([...first, ...second]))
      }),
      { numRuns: 40 },
    )
  })

  it('[TREE-4] keeps the earlier frontier valid', () => {
    const before = grown([Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]).frontier
    const written = JSON.stringify(frontierToJson(before))
    append(sha256, before, leafHash(sha256, Uint8Array.of(4)))
    assert.equal(JSON.stringify(frontierToJson(before)), written)
  })

  it('[TREE-4] stops at a frontier that no log has', () => {
    const peak = 'ab'.repeat(32)
    assert.throws(() => frontierFromJson({ size: 3, peaks: [peak] }), /disagree/)
    assert.throws(() => frontierFromJson({ size: 0, peaks: [peak] }), /disagree/)
    assert.throws(() => frontierFromJson({ size: -1, peaks: [] }), /no count/)
    assert.throws(() => frontierFromJson({ size: 0.5, peaks: [] }), /no count/)
    assert.throws(() => frontierFromJson({ size: 1, peaks: [peak.toUpperCase()] }), /lower-case/)
    assert.throws(() => frontierFromJson({ size: 1, peaks: [peak.slice(2)] }), /lower-case/)
  })

  it('stops at a leaf hash that is not 32 bytes', () => {
    assert.throws(() => append(sha256, emptyFrontier, new Uint8Array(31)), /32 bytes/)
    assert.throws(() => new LogTree(sha256).append(new Uint8Array(33)), /32 bytes/)
  })
})
