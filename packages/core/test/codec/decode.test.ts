import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actLimits, type DecodeLimits, type DecodeReason, decodeCanonical, type Json } from '../../src/codec/index.ts'

const utf8 = new TextEncoder()
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const small: Partial<DecodeLimits> = { bytesMax: 40, itemsMax: 2, keysMax: 2 }

type Row = readonly [title: string, text: string, reason: DecodeReason, at: number, limits?: Partial<DecodeLimits>]

const refused: readonly Row[] = [
  ['[CODEC-1] refuses null, wherever it stands', '{"a":[1,null]}', 'null', 8],
  ['[CODEC-1] refuses a fraction', '[1.5]', 'notInteger', 1],
  ['[CODEC-1] refuses a fraction that is whole', '[1.0]', 'notInteger', 1],
  ['[CODEC-1] refuses an exponent', '1e3', 'notInteger', 0],
  ['[CODEC-1] refuses a capital exponent', '1E3', 'notInteger', 0],
  ['[CODEC-1] refuses minus zero', '[0,-0]', 'negativeZero', 3],
  ['[CODEC-1] refuses a leading zero as no JSON', '[01]', 'malformed', 1],
  ['[CODEC-1] refuses a leading zero behind a sign', '-01', 'malformed', 1],
  ['[CODEC-1] refuses a plus sign', '+1', 'malformed', 0],
  ['[CODEC-1] refuses a lone minus', '[-]', 'malformed', 2],
  ['[CODEC-1] refuses NaN', 'NaN', 'malformed', 0],
  ['[CODEC-1] refuses Infinity', '-Infinity', 'malformed', 1],
  ['[CODEC-1] refuses an unfinished word', 'tru', 'malformed', 0],
  ['[CODEC-1] refuses an unfinished array', '[1', 'malformed', 2],
  ['[CODEC-1] refuses an unfinished object', '{"a":1', 'malformed', 6],
  ['[CODEC-1] refuses an unfinished string', '"a', 'malformed', 2],
  ['[CODEC-1] refuses an unfinished escape', '"\\', 'malformed', 1],
  ['[CODEC-1] refuses an unfinished unicode escape', '"\\u00"', 'malformed', 1],
  ['[CODEC-1] refuses a comma before the end', '[1,]', 'malformed', 3],
  ['[CODEC-1] refuses a comma before the brace', '{"a":1,}', 'malformed', 7],
  ['[CODEC-1] refuses a key that is no string', '{1:1}', 'malformed', 1],
  ['[CODEC-1] refuses a missing colon', '{"a"1}', 'malformed', 4],
  ['[CODEC-1] refuses a raw control character', '"a\nb"', 'malformed', 2],
  ['[CODEC-1] refuses an unknown escape', '"\\x41"', 'malformed', 1],
  ['[CODEC-1] refuses no bytes at all', '', 'malformed', 0],
  ['[CODEC-2] refuses 2^53', '9007199254740992', 'unsafeInteger', 0],
  ['[CODEC-2] refuses 2^53 + 1, which rounds to 2^53', '9007199254740993', 'unsafeInteger', 0],
  ['[CODEC-2] refuses −2^53', '[-9007199254740992]', 'unsafeInteger', 1],
  ['[CODEC-2] refuses more digits than a double can hold', '9'.repeat(400), 'unsafeInteger', 0],
  ['[CODEC-3] refuses a space', '{"a": 1}', 'notCanonical', 5],
  ['[CODEC-3] refuses a line break before the value', '\n1', 'notCanonical', 0],
  ['[CODEC-3] refuses a tab before a comma', '[1\t,2]', 'notCanonical', 2],
  ['[CODEC-3] refuses keys out of order', '{"b":1,"a":2}', 'notCanonical', 7],
  ['[CODEC-3] refuses keys in numeric instead of text order', '{"2":1,"10":2}', 'notCanonical', 7],
  ['[CODEC-3] orders by code unit, not by code point', '{"\ufb33":1,"😂":2}', 'notCanonical', 9],
  ['[CODEC-3] refuses the escape of a letter', '"\\u0041"', 'notCanonical', 1],
  ['[CODEC-3] refuses an escaped solidus', '"a\\/"', 'notCanonical', 2],
  ['[CODEC-3] refuses a long escape where a short exists', '"\\u000a"', 'notCanonical', 1],
  ['[CODEC-3] refuses a capital in an escape', '"\\u001F"', 'notCanonical', 1],
  ['[CODEC-3] refuses an escaped surrogate pair', '"\\ud83d\\ude02"', 'notCanonical', 1],
  ['[CODEC-3] tells the byte, not the character', '["二滩", 1]', 'notCanonical', 10],
  ['[CODEC-4] refuses a key twice', '{"a":1,"a":1}', 'duplicateKey', 7],
  ['[CODEC-4] refuses a key twice with others between', '{"a":1,"b":2,"a":3}', 'duplicateKey', 13],
  ['[CODEC-4] refuses __proto__', '{"__proto__":{"a":1}}', 'forbiddenKey', 1],
  ['[CODEC-4] refuses constructor', '{"a":{"constructor":1}}', 'forbiddenKey', 6],
  ['[CODEC-4] refuses prototype', '{"prototype":1}', 'forbiddenKey', 1],
  ['[CODEC-5] refuses the seventeenth level', nested(17), 'tooDeep', 16],
  ['[CODEC-5] counts objects and arrays together', `${'[{"a":'.repeat(8)}{`, 'tooDeep', 48],
  ['[CODEC-6] refuses one byte too many', `"${'a'.repeat(39)}"`, 'tooLarge', 40, small],
  ['[CODEC-6] refuses one item too many', '[1,2,3]', 'tooManyItems', 5, small],
  ['[CODEC-6] refuses one key too many', '{"a":1,"b":2,"c":3}', 'tooManyKeys', 13, small],
  ['[CODEC-7] refuses a line break after the value', '1\n', 'trailingBytes', 1],
  ['[CODEC-7] refuses a second value', '{}{}', 'trailingBytes', 2],
  ['[CODEC-7] refuses a byte-order mark', '\ufeff1', 'malformed', 0],
  ['[CODEC-7] refuses half a surrogate pair spelled as an escape', '"\\ud83d"', 'notCanonical', 1],
]

describe('decodeCanonical', () => {
  for (const [title, text, reason, at, limits] of refused) {
    it(title, () => {
      const decoded = decodeCanonical(utf8.encode(text), limits)
      assert.equal(decoded.ok, false)
      assert.deepEqual({ reason: decoded.reason, at: decoded.at }, { reason, at })
    })
  }

  const badBytes: readonly (readonly [title: string, bytes: readonly number[], at: number])[] = [
    ['a byte that never occurs', [0x22, 0xff, 0x22], 1],
    ['a sequence cut short', [0x22, 0xe4, 0xba, 0x22], 1],
    ['a sequence cut by the end', [0x22, 0xe4, 0xba], 1],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22], 1],
    ['half a surrogate pair', [0x22, 0x61, 0xed, 0xa0, 0x80, 0x22], 2],
    ['a code point past the last', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1],
  ]
  for (const [title, bytes, at] of badBytes) {
    it(`[CODEC-7] refuses ${title}`, () => {
      assert.deepEqual(decodeCanonical(Uint8Array.from(bytes)), { ok: false, reason: 'badUtf8', at })
    })
  }

  it('[CODEC-7] reads well-formed bytes after it has refused others', () => {
    decodeCanonical(Uint8Array.of(0x22, 0xe4))
    assert.deepEqual(decodeCanonical(utf8.encode('"二"')), { ok: true, value: '二' })
  })

  it('[CODEC-6] names the limit exceeded', () => {
    const decoded = decodeCanonical(new Uint8Array(actLimits.bytesMax + 1))
    assert.deepEqual(decoded, { ok: false, reason: 'tooLarge', at: 65_536, limit: 65_536 })
    assert.deepEqual(decodeCanonical(utf8.encode(nested(17))), { ok: false, reason: 'tooDeep', at: 16, limit: 16 })
  })

  const accepted: readonly (readonly [title: string, text: string, value: Json, limits?: Partial<DecodeLimits>])[] = [
    ['[CODEC-2] reads the largest integer', '9007199254740991', Number.MAX_SAFE_INTEGER],
    ['[CODEC-2] reads the smallest integer', '-9007199254740991', Number.MIN_SAFE_INTEGER],
    [
      '[CODEC-3] reads every escape the encoder writes',
      '"\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f"',
      '"\\\b\t\n\f\r\u0000\u001f',
    ],
    ['[CODEC-3] reads DEL and line separators as themselves', '"\u007f\u2028\u2029/"', '\u007f\u2028\u2029/'],
    ['[CODEC-3] reads the empty key first', '{"":1,"1":2,"10":3,"2":4}', { '': 1, '1': 2, '10': 3, '2': 4 }],
    ['[CODEC-4] reads keys every object inherits', '{"toString":1,"valueOf":2}', { toString: 1, valueOf: 2 }],
    ['[CODEC-6] reads exactly as many items and keys as allowed', '{"a":[1,2],"b":[]}', { a: [1, 2], b: [] }, small],
    ['[CODEC-6] reads exactly as many bytes as allowed', `"${'a'.repeat(38)}"`, 'a'.repeat(38), small],
  ]
  for (const [title, text, value, limits] of accepted) {
    it(title, () => {
      assert.deepEqual(decodeCanonical(utf8.encode(text), limits), { ok: true, value })
    })
  }

  it('[CODEC-5] reads the sixteenth level', () => {
    assert.equal(decodeCanonical(utf8.encode(nested(16))).ok, true)
  })

  it('[CODEC-4] leaves every prototype alone', () => {
    decodeCanonical(utf8.encode('{"__proto__":{"polluted":true}}'))
    assert.equal('polluted' in {}, false)
  })
})
