import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { sharedDir } from '@dujiang/testing/shared'
import {
  decodeCanonical,
  encodeCanonical,
  encodeCanonicalBytes,
  type Json,
  Unencodable,
} from '../../src/codec/index.ts'

type Vectors = {
  readonly cases: readonly { readonly name: string; readonly input: string; readonly output_utf8_hex: string }[]
  readonly number_serialisation: readonly { readonly ieee754_be_hex: string; readonly json: string }[]
}

const dir = sharedDir()
const file = dir === undefined ? undefined : join(dir, 'vectors/domain/rfc8785_jcs.json')
const vectors = file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Vectors)

const reasonOf = (value: Json): string => {
  try {
    encodeCanonical(value)
    return 'encoded'
  } catch (error) {
    if (error instanceof Unencodable) return error.reason
    throw error
  }
}

describe('the vectors of RFC 8785', () => {
  it('[CODEC-3] match to the byte inside our domain; the case with null and fractions is refused for its null, which comes first', (t) => {
    if (vectors === undefined) return t.skip('reference material not present: skipped RFC 8785 structures')
    const outside = new Map([['values', 'null']])
    for (const { name, input, output_utf8_hex } of vectors.cases) {
      const value = JSON.parse(input) as Json
      const bytes = Uint8Array.from(Buffer.from(output_utf8_hex, 'hex'))
      const reason = outside.get(name)
      if (reason === undefined) {
        assert.deepEqual(encodeCanonicalBytes(value), bytes, name)
        assert.deepEqual(decodeCanonical(bytes), { ok: true, value }, name)
      } else {
        assert.equal(reasonOf(value), reason, name)
        assert.equal(decodeCanonical(bytes).ok, false, name)
      }
    }
    assert.equal(vectors.cases.length, 3)
  })

  it('[CODEC-1] hold one number of our domain; the others are refused as fraction, minus zero or too large', (t) => {
    if (vectors === undefined) return t.skip('reference material not present: skipped RFC 8785 numbers')
    const verdicts = new Map<string, number>()
    for (const { ieee754_be_hex, json } of vectors.number_serialisation) {
      const value = Buffer.from(ieee754_be_hex, 'hex').readDoubleBE()
      const reason = reasonOf(value)
      verdicts.set(reason, (verdicts.get(reason) ?? 0) + 1)
      const decoded = decodeCanonical(new TextEncoder().encode(json))
      if (reason === 'encoded') assert.equal(encodeCanonical(value), json)
      // Minus zero is written 0, which is a number of ours again.
      assert.equal(decoded.ok, reason === 'encoded' || reason === 'negativeZero', json)
    }
    assert.deepEqual(Object.fromEntries(verdicts), { encoded: 1, negativeZero: 1, notInteger: 11, unsafeInteger: 11 })
  })
})
