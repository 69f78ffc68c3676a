import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AuthMap, type MapHead, type MapProof, verifyMapProof } from '../../../src/crypto/map/index.ts'
import { key, toChange, unhex, value } from './arbitraries.ts'
import { sha256 } from './model.ts'

const content = fc.uniqueArray(fc.tuple(key, value), { selector: ([k]) => k, maxLength: 24 })

const mapOf = (pairs: readonly (readonly [string, string])[]): AuthMap =>
  AuthMap.empty(sha256).apply(pairs.map(toChange))

interface Claim {
  readonly head: MapHead
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
  readonly proof: MapProof
}

const holds = (claim: Claim): boolean => verifyMapProof(sha256, claim.head, claim.key, claim.value, claim.proof)

function claimOf(pairs: readonly (readonly [string, string])[], about: string): Claim {
  const map = mapOf(pairs)
  const bound = pairs.find(([k]) => k === about)?.[1]
  return { head: map.head(), key: unhex(about), value: bound && unhex(bound), proof: map.prove(unhex(about)) } as Claim
}

/** The bytes with one bit changed. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[bit >>> 3] = (changed[bit >>> 3] as number) ^ (0x80 >>> (bit & 7))
  return changed
}

/** Every claim that differs from this one in a single bit of one hash, under the name of what was touched. */
function* oneBitAway(claim: Claim): Generator<[string, Claim]> {
  const { head, key: about, value: bound, proof } = claim
  for (let bit = 0; bit < 256; bit++) {
    yield [`root bit ${bit}`, { ...claim, head: { ...head, root: flipped(head.root, bit) } }]
    if (bound !== undefined) {
      yield [`key bit ${bit}`, { ...claim, key: flipped(about, bit) }]
      yield [`value bit ${bit}`, { ...claim, value: flipped(bound, bit) }]
    }
    for (const [i, sibling] of proof.siblings.entries()) {
      const siblings = proof.siblings.with(i, flipped(sibling, bit))
      yield [`sibling ${i} bit ${bit}`, { ...claim, proof: { ...proof, siblings } }]
    }
    if (proof.other !== undefined) {
      const { keyHash, valueHash } = proof.other
      yield [`other key ${bit}`, withOther(claim, { keyHash: flipped(keyHash, bit), valueHash })]
      yield [`other value ${bit}`, withOther(claim, { keyHash, valueHash: flipped(valueHash, bit) })]
    }
  }
  for (let bit = 0; bit < 53; bit++) {
    const count = Number(BigInt(head.count) ^ (1n << BigInt(bit)))
    yield [`count bit ${bit}`, { ...claim, head: { ...head, count } }]
  }
}

/** The hash of a node's prefix and its two parts. */
function hashOf(prefixHex: string, first: Uint8Array, second: Uint8Array): Uint8Array {
  return sha256(Buffer.concat([unhex(prefixHex), first, second]))
}

function withOther(claim: Claim, other: MapProof['other']): Claim {
  const { siblings } = claim.proof
  return { ...claim, proof: other === undefined ? { siblings } : { siblings, other } }
}

const about = (pairs: readonly (readonly [string, string])[], pick: number): string =>
  (pairs[pick % pairs.length] as readonly [string, string])[0]

const present = fc
  .tuple(content, fc.nat())
  .filter(([pairs]) => pairs.length > 0)
  .map(([pairs, pick]) => claimOf(pairs, about(pairs, pick)))

const absent = fc
  .tuple(content, key)
  .filter(([pairs, k]) => pairs.every(([used]) => used !== k))
  .map(([pairs, k]) => claimOf(pairs, k))

describe('a proof from an authenticated map', () => {
  it('[TREE-12] shows each key with its value, and no key as absent', () => {
    fc.assert(
      fc.property(present, value, (claim, wrong) => {
        assert.ok(holds(claim))
        assert.equal(holds({ ...claim, value: undefined }), false)
        assert.equal(holds({ ...claim, value: unhex(wrong) }), Buffer.from(claim.value ?? []).toString('hex') === wrong)
      }),
      { numRuns: 150 },
    )
  })

  it('[TREE-12] shows an absent key as absent, and with no value', () => {
    fc.assert(
      fc.property(absent, value, (claim, any) => {
        assert.ok(holds(claim))
        assert.equal(holds({ ...claim, value: unhex(any) }), false)
        assert.equal(holds(withOther({ ...claim, value: unhex(any) }, undefined)), false)
      }),
      { numRuns: 150 },
    )
  })

  it('[TREE-12] is refused when any one bit of it, of the head, the key or the value differs', () => {
    const small = fc.oneof(present, absent).filter((claim) => claim.proof.siblings.length <= 12)
    fc.assert(
      fc.property(small, (claim) => {
        for (const [what, forged] of oneBitAway(claim)) assert.equal(holds(forged), false, what)
      }),
      { numRuns: 8 },
    )
    // A long path: two keys that part at the last bit.
    const twins = [['11'.repeat(32), 'aa'.repeat(32)] as const, [`${'11'.repeat(31)}10`, 'bb'.repeat(32)] as const]
    const deep = claimOf(twins, '11'.repeat(32))
    assert.equal(deep.proof.siblings.length, 256)
    assert.ok(holds(deep))
    for (const i of [0, 1, 128, 255]) {
      const sibling = flipped(deep.proof.siblings[i] as Uint8Array, 77)
      assert.equal(holds({ ...deep, proof: { siblings: deep.proof.siblings.with(i, sibling) } }), false)
    }
  })

  it('[TREE-12] is refused when a step is missing, added or moved', () => {
    fc.assert(
      fc.property(fc.oneof(present, absent), fc.nat(), (claim, pick) => {
        const { siblings } = claim.proof
        const at = pick % (siblings.length + 1)
        const forge = (changed: readonly Uint8Array[]): boolean =>
          holds({ ...claim, proof: { ...claim.proof, siblings: changed } })
        if (siblings.length > 0) assert.equal(forge(siblings.toSpliced(at % siblings.length, 1)), false, 'missing')
        for (const added of [new Uint8Array(32), claim.head.root, ...siblings.slice(0, 1)]) {
          assert.equal(forge(siblings.toSpliced(at, 0, added)), false, 'added')
        }
        const first = siblings[0]
        const second = siblings[1]
        if (first !== undefined && second !== undefined && !Buffer.from(first).equals(second)) {
          assert.equal(forge([second, first, ...siblings.slice(2)]), false, 'moved')
        }
      }),
      { numRuns: 100 },
    )
  })

  it('[TREE-12] is refused when the key found instead is the key itself', () => {
    fc.assert(
      fc.property(present, (claim) => {
        const other = { keyHash: claim.key, valueHash: claim.value as Uint8Array }
        assert.equal(holds(withOther({ ...claim, value: undefined }, other)), false)
        assert.equal(holds(withOther(claim, other)), false, 'nor may a value come with another key')
      }),
      { numRuns: 60 },
    )
  })

  it('[TREE-12] is refused when the key found instead lies on another path', () => {
    const near = ['00'.repeat(32), 'aa'.repeat(32)] as const
    const far = [`80${'00'.repeat(31)}`, 'bb'.repeat(32)] as const
    const map = mapOf([near, far])
    const { siblings } = map.prove(unhex(far[0]))
    // The honest path of `far`, shown for an absent key of the other half.
    const forged: MapProof = { siblings, other: { keyHash: unhex(far[0]), valueHash: unhex(far[1]) } }
    assert.equal(verifyMapProof(sha256, map.head(), unhex('01'.repeat(32)), undefined, forged), false)
    assert.equal(verifyMapProof(sha256, map.head(), unhex('81'.repeat(32)), undefined, forged), true)
  })

  it('[TREE-12] is refused when the end is said to be empty and is not, or a node is passed off as a leaf', () => {
    const pairs = ['00', '40', '80', 'c0'].map((start) => [start + '11'.repeat(31), 'aa'.repeat(32)] as const)
    const map = mapOf(pairs)
    for (const [k] of pairs) {
      const { siblings } = map.prove(unhex(k))
      for (let kept = 0; kept <= siblings.length; kept++) {
        const shorter = { siblings: siblings.slice(siblings.length - kept) }
        assert.equal(verifyMapProof(sha256, map.head(), unhex(k), undefined, shorter), false)
      }
      // The two children of an inner node are 64 bytes, as a leaf's key and value are; only the prefix tells them apart.
      const [lowest, ...upper] = siblings as [Uint8Array, ...Uint8Array[]]
      const own = sha256(Buffer.concat([Uint8Array.of(0), unhex(k), unhex('aa'.repeat(32))]))
      const fake = { siblings: upper, other: { keyHash: own, valueHash: lowest } }
      assert.equal(verifyMapProof(sha256, map.head(), unhex(k), undefined, fake), false)
    }
  })

  // The roots below are right for the bytes shown: whoever makes a root may make it of anything.
  it('[TREE-12] is refused under a root made of another layout', () => {
    const bound = unhex('aa'.repeat(32))
    const leaf = (k: Uint8Array): Uint8Array => hashOf('00', k, bound)
    const rootOver = (top: Uint8Array, countHex = '0000000000000001'): Uint8Array =>
      sha256(Buffer.concat([unhex('02'), unhex(countHex), top]))
    const verdict = (root: Uint8Array, k: Uint8Array, v: Uint8Array | undefined, proof: MapProof, count = 1): boolean =>
      verifyMapProof(sha256, { root, count }, k, v, proof)
    const low = unhex('00'.repeat(32))
    const high = unhex('ff'.repeat(32))
    const side = unhex('33'.repeat(32))
    assert.ok(verdict(rootOver(hashOf('01', leaf(low), side)), low, bound, { siblings: [side] }))

    const misplaced = rootOver(hashOf('01', leaf(high), side))
    const other = { keyHash: high, valueHash: bound }
    assert.equal(verdict(misplaced, low, undefined, { siblings: [side], other }), false, 'a leaf on another path')

    const long = Buffer.concat([side, Uint8Array.of(0)])
    const stretched = rootOver(sha256(Buffer.concat([Uint8Array.of(1), leaf(low), long])))
    assert.equal(verdict(stretched, low, bound, { siblings: [long] }), false, 'a sibling of 33 bytes')

    const shortKey = low.subarray(1)
    assert.equal(verdict(rootOver(leaf(shortKey)), shortKey, bound, { siblings: [] }), false, 'a key of 31 bytes')

    let top = leaf(low)
    for (let i = 0; i < 256; i++) top = hashOf('01', top, side)
    assert.ok(verdict(rootOver(top), low, bound, { siblings: Array(256).fill(side) }))
    const tooDeep = rootOver(hashOf('01', top, side))
    assert.equal(verdict(tooDeep, low, bound, { siblings: Array(257).fill(side) }), false, '257 steps')

    assert.ok(verdict(rootOver(leaf(low), '0000000100000002'), low, bound, { siblings: [] }, 2 ** 32 + 2))
    const tooMany = rootOver(leaf(low), '0020000000000000')
    assert.equal(verdict(tooMany, low, bound, { siblings: [] }, 2 ** 53), false, 'a count that is not exact')
  })

  it('[TREE-12] is refused, not a crash, when a length or the count is impossible', () => {
    const claim = claimOf([['11'.repeat(32), 'aa'.repeat(32)]], '11'.repeat(32))
    const short = new Uint8Array(31)
    const long = new Uint8Array(33)
    assert.ok(holds(claim))
    for (const wrong of [short, long, new Uint8Array(0)]) {
      assert.equal(holds({ ...claim, key: wrong }), false)
      assert.equal(holds({ ...claim, value: wrong }), false)
      assert.equal(holds({ ...claim, head: { ...claim.head, root: wrong } }), false)
      assert.equal(holds({ ...claim, proof: { siblings: [wrong] } }), false)
      const other = { keyHash: wrong, valueHash: claim.key }
      assert.equal(holds(withOther({ ...claim, value: undefined }, other)), false)
      assert.equal(holds(withOther({ ...claim, value: undefined }, { keyHash: claim.key, valueHash: wrong })), false)
    }
    assert.equal(holds({ ...claim, proof: { siblings: Array(257).fill(new Uint8Array(32)) } }), false)
    for (const count of [-1, 0.5, Number.NaN, 2 ** 53]) {
      assert.equal(holds({ ...claim, head: { ...claim.head, count } }), false)
    }
  })

  it('[TREE-12] shows every key absent from the empty map', () => {
    const map = AuthMap.empty(sha256)
    const proof = map.prove(unhex('11'.repeat(32)))
    assert.deepEqual(proof, { siblings: [] })
    assert.ok(verifyMapProof(sha256, map.head(), unhex('11'.repeat(32)), undefined, proof))
    assert.equal(verifyMapProof(sha256, { ...map.head(), count: 1 }, unhex('11'.repeat(32)), undefined, proof), false)
  })
})
