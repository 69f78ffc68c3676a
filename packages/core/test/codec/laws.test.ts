import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeCanonical, encodeCanonical, encodeCanonicalBytes } from '../../src/codec/index.ts'
import { json } from './arbitraries.ts'
import { orderBytes } from './order-shape.ts'
import { decodeSlowly } from './reference.ts'

const long = process.env['DUJIANG_LONG'] === '1'
const numRuns = long ? 20_000 : 1_000

/** What must hold for any bytes at all: the scanner and the slow rule agree, and what is read is written the same. */
function judge(bytes: Uint8Array): 'read' | 'refused' {
  const decoded = decodeCanonical(bytes)
  const slowly = decodeSlowly(bytes)
  assert.equal(decoded.ok, slowly !== undefined, `scanner and slow rule disagree on ${Buffer.from(bytes).toString()}`)
  if (!decoded.ok) {
    assert.ok(decoded.at >= 0 && decoded.at <= bytes.length)
    return 'refused'
  }
  assert.deepEqual(decoded.value, slowly?.value)
  assert.deepEqual(encodeCanonicalBytes(decoded.value), bytes)
  return 'read'
}

describe('canonical JSON', () => {
  it('[CODEC-3] what is written is read back the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        assert.deepEqual(decodeCanonical(encodeCanonicalBytes(value)), { ok: true, value })
      }),
      { numRuns },
    )
  })

  it('[CODEC-3] a text has no second spelling: other JSON writers agree or are refused', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1), (value, spaces) => {
        judge(new TextEncoder().encode(JSON.stringify(value, undefined, spaces)))
      }),
      { numRuns },
    )
  })

  it('[CODEC-3] one byte changed is refused or is the text of another value', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, change) => {
        const bytes = encodeCanonicalBytes(value)
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ change
        if (judge(bytes) === 'read') {
          const decoded = decodeCanonical(bytes)
          assert.ok(decoded.ok)
          assert.notDeepEqual(decoded.value, value)
        }
      }),
      { numRuns },
    )
  })

  it('[CODEC-3] one byte of an order changed in every place: both outcomes occur, none disagree', () => {
    const seen = { read: 0, refused: 0 }
    const step = long ? 1 : 23
    for (let at = 0; at < orderBytes.length; at++) {
      for (let change = 1 + (at % step); change < 256; change += step) {
        const bytes = orderBytes.slice()
        bytes[at] = (bytes[at] ?? 0) ^ change
        seen[judge(bytes)]++
      }
    }
    assert.ok(seen.read > 500 && seen.refused > 500, JSON.stringify(seen))
  })

  it('[CODEC-7] an order cut anywhere is refused', () => {
    for (let length = 0; length < orderBytes.length; length++) {
      assert.equal(judge(orderBytes.subarray(0, length)), 'refused')
    }
  })

  it('bytes of JSON pieces in any order never throw and never pass wrongly', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '"b"',
      '0',
      '-',
      '17',
      '.',
      'e',
      'true',
      'null',
      '\\',
      '\\n',
      'u001f',
      ' ',
      '\u007f',
      '二',
      '{"a":',
      '{}',
      '[]',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 9 }), (parts) => {
        judge(new TextEncoder().encode(parts.join('')))
      }),
      { numRuns: numRuns * 5 },
    )
  })

  it('the encoder does not care in which order keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.nat(), { noNullPrototype: true }), (fields) => {
        const backwards = Object.fromEntries(Object.entries(fields).reverse())
        const forbidden = ['__proto__', 'constructor', 'prototype'].some((name) => Object.hasOwn(fields, name))
        if (!forbidden) assert.equal(encodeCanonical(backwards), encodeCanonical(fields))
      }),
      { numRuns },
    )
  })
})
