import fc from 'fast-check'
import type { Json } from '../../src/codec/index.ts'

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

// `unit: 'binary'` draws any code point except halves of pairs.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
  fc.constantFrom('toString', 'valueOf', 'hasOwnProperty', '1', '10', '02', '', '\\u0041', '"', '\u2028', '😀', 'é'),
)
const key = text.filter((name) => !forbidden.has(name))
const integer = fc
  .oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -1_000, max: 1_000 }),
    fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  )
  .map((value) => (value === 0 ? 0 : value))

/** Any value of the domain, to a depth of about five. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    text,
    integer,
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).json
