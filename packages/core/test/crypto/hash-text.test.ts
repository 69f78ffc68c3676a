import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashText } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import fc from 'fast-check'

describe('hash of a text', () => {
  it('is the hash of its UTF-8 bytes, whatever its length and whatever was hashed before', () => {
    const { sha256 } = nodeCrypto
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 5_000, max: 6_000 }))
        .map(([unit, n]) => unit.repeat(n)),
    )
    fc.assert(
      fc.property(text, (each) => assert.deepEqual(hashText(sha256, each), sha256(new TextEncoder().encode(each)))),
    )
  })
})
