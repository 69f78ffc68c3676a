import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { concatBytes, hashText } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import fc from 'fast-check'

describe('hash of a text', () => {
  it('is the hash of its UTF-8 bytes, after those of the head, whatever its length and whatever was hashed before', () => {
    const { sha256 } = nodeCrypto
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 5_000, max: 6_000 }))
        .map(([unit, n]) => unit.repeat(n)),
    )
    const utf8 = (each: string) => new TextEncoder().encode(each)
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 70 }), (each, head) => {
        assert.deepEqual(hashText(sha256, each), sha256(utf8(each)))
        assert.deepEqual(hashText(sha256, each, head), sha256(concatBytes(head, utf8(each))))
      }),
    )
  })
})
