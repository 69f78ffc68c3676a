import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  encodeCanonical,
  encodeCanonicalBytes,
  type Json,
  Unencodable,
  type UnencodableReason,
} from '../../src/codec/index.ts'

const cyclic: unknown[] = []
cyclic.push(cyclic)

const seventeenDeep = JSON.parse('['.repeat(17) + ']'.repeat(17)) as unknown

const refused: readonly (readonly [title: string, value: unknown, reason: UnencodableReason])[] = [
  ['[CODEC-1] refuses null', [null], 'null'],
  ['[CODEC-1] refuses a fraction', 0.5, 'notInteger'],
  ['[CODEC-1] refuses NaN', Number.NaN, 'notInteger'],
  ['[CODEC-1] refuses infinity', Number.POSITIVE_INFINITY, 'notInteger'],
  ['[CODEC-1] refuses minus zero', -0, 'negativeZero'],
  ['[CODEC-1] refuses an absent value', { a: undefined }, 'notData'],
  ['[CODEC-1] refuses a hole in an array', Array(1), 'notData'],
  ['[CODEC-1] refuses a bigint', 1n, 'notData'],
  ['[CODEC-1] refuses a Map, which would lose its content', new Map([['a', 1]]), 'notData'],
  ['[CODEC-1] refuses bytes, which would turn into an object', new Uint8Array(1), 'notData'],
  ['[CODEC-2] refuses 2^53', 2 ** 53, 'unsafeInteger'],
  ['[CODEC-4] refuses __proto__ as a key', JSON.parse('{"__proto__":1}'), 'forbiddenKey'],
  ['[CODEC-4] refuses constructor as a key', { constructor: 1 }, 'forbiddenKey'],
  ['[CODEC-5] refuses a value that contains itself', cyclic, 'tooDeep'],
  ['[CODEC-5] refuses the seventeenth level', seventeenDeep, 'tooDeep'],
  ['[CODEC-7] refuses half a surrogate pair', 'a\ud83d', 'loneSurrogate'],
  ['[CODEC-7] refuses half a surrogate pair in a key', { '\ude02': 1 }, 'loneSurrogate'],
]

describe('encodeCanonical', () => {
  for (const [title, value, reason] of refused) {
    it(title, () => {
      assert.throws(
        () => encodeCanonical(value as Json),
        (error) => error instanceof Unencodable && error.reason === reason,
      )
    })
  }

  it('[CODEC-3] sorts keys by code unit whatever order they were set in', () => {
    assert.equal(encodeCanonical({ b: 1, '10': 2, a: 3, '2': 4, '': 5, B: 6 }), '{"":5,"10":2,"2":4,"B":6,"a":3,"b":1}')
    assert.equal(encodeCanonical({ '\ufb33': 1, '😂': 2 }), '{"😂":2,"\ufb33":1}')
  })

  it('[CODEC-3] writes only the escapes of RFC 8785', () => {
    assert.equal(
      encodeCanonical('"\\/\b\t\n\f\r\u0000\u001f\u007f\u2028é😂'),
      '"\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028é😂"',
    )
  })

  it('[CODEC-5] writes the sixteenth level', () => {
    const text = '['.repeat(16) + ']'.repeat(16)
    assert.equal(encodeCanonical(JSON.parse(text)), text)
  })

  it('[CODEC-7] writes UTF-8', () => {
    assert.deepEqual(encodeCanonicalBytes('二'), Uint8Array.of(0x22, 0xe4, 0xba, 0x8c, 0x22))
  })
})
