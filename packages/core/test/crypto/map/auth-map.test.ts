import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AuthMap, type MapChange } from '../../../src/crypto/map/index.ts'
import { key, toChange, value } from './arbitraries.ts'
import { type Content, modelRoot, sha256 } from './model.ts'

const rootHex = (map: AuthMap): string => Buffer.from(map.root()).toString('hex')

const history = fc.array(fc.uniqueArray(fc.tuple(key, fc.option(value)), { selector: ([k]) => k, maxLength: 12 }), {
  maxLength: 6,
})

function applyAll(batches: readonly (readonly [string, string | null][])[]): { map: AuthMap; content: Content } {
  let map = AuthMap.empty(sha256)
  const content = new Map<string, string>()
  for (const batch of batches) {
    map = map.apply(batch.map(toChange))
    for (const [k, v] of batch) {
      if (v === null) content.delete(k)
      else content.set(k, v)
    }
  }
  return { map, content }
}

describe('an authenticated map', () => {
  it('[TREE-11] has the root that its definition gives, after any history', () => {
    fc.assert(
      fc.property(history, (batches) => {
        const { map, content } = applyAll(batches)
        assert.equal(rootHex(map), modelRoot(content))
        assert.equal(map.count, content.size)
      }),
      { numRuns: 150 },
    )
  })

  it('[TREE-9] has one root for one content, whatever the order and the batches', () => {
    const pairs = fc.uniqueArray(fc.tuple(key, value), { selector: ([k]) => k, maxLength: 16 })
    fc.assert(
      fc.property(history, pairs, fc.nat(16), (batches, content, cut) => {
        const atOnce = AuthMap.empty(sha256).apply(content.map(toChange))
        const reversed = [...content].reverse()
        const inTwo = AuthMap.empty(sha256)
          .apply(reversed.slice(0, cut).map(toChange))
          .apply(reversed.slice(cut).map(toChange))
        const wanted = new Set(content.map(([k]) => k))
        const before = applyAll(batches)
        const gone = [...before.content.keys()].filter((k) => !wanted.has(k))
        const afterHistory = before.map.apply(gone.map((k) => toChange([k, null]))).apply(content.map(toChange))
        assert.equal(rootHex(inTwo), rootHex(atOnce))
        assert.equal(rootHex(afterHistory), rootHex(atOnce))
        assert.equal(afterHistory.count, atOnce.count)
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-9] keeps every earlier map valid', () => {
    fc.assert(
      fc.property(history, history, (first, second) => {
        const { map, content } = applyAll(first)
        let later = map
        for (const batch of second) later = later.apply(batch.map(toChange))
        assert.equal(rootHex(map), modelRoot(content))
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-9] is the same map when nothing changes', () => {
    fc.assert(
      fc.property(history, (batches) => {
        const { map, content } = applyAll(batches)
        const same: MapChange[] = [...content].map(toChange)
        const absent = toChange([content.has('ff'.repeat(32)) ? '0f'.repeat(32) : 'ff'.repeat(32), null])
        assert.equal(map.apply(same), map)
        if (!content.has(Buffer.from(absent.keyHash).toString('hex'))) assert.equal(map.apply([absent]), map)
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-10] hashes a shared node once a batch', () => {
    let hashes = 0
    const counting = (bytes: Uint8Array): Uint8Array => {
      hashes++
      return sha256(bytes)
    }
    const keys = ['00', '40', '80', 'c0'].map((start) => start + '11'.repeat(31))
    const map = AuthMap.empty(counting)
    hashes = 0
    map.apply(keys.map((k) => toChange([k, '22'.repeat(32)])))
    assert.equal(hashes, 4 + 3 + 1, 'four leaves, three inner nodes, one root')
  })

  it('[TREE-9] stops at one key twice in a batch, and at a hash that is not 32 bytes', () => {
    const map = AuthMap.empty(sha256)
    const one = toChange(['11'.repeat(32), '22'.repeat(32)])
    assert.throws(() => map.apply([one, { ...one, valueHash: undefined }]), /twice/)
    assert.throws(() => map.apply([{ ...one, keyHash: new Uint8Array(31) }]), /32 bytes/)
    assert.throws(() => map.apply([{ ...one, valueHash: new Uint8Array(33) }]), /32 bytes/)
    assert.throws(() => map.prove(new Uint8Array(0)), /32 bytes/)
  })

  it('gives its root in memory of its own', () => {
    const map = AuthMap.empty(sha256).apply([toChange(['11'.repeat(32), '22'.repeat(32)])])
    const before = rootHex(map)
    map.root().fill(0)
    assert.equal(rootHex(map), before)
  })
})
