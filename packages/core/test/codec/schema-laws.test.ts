import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { compile, decodeCanonical, encodeCanonicalBytes, type Json } from '../../src/codec/index.ts'
import { json } from './arbitraries.ts'
import { order, orderBytes, orderSchema } from './order-shape.ts'

const runs = process.env['DUJIANG_LONG'] === '1' ? 200_000 : 10_000
const compiled = compile(orderSchema)
// TypeBox's own checker reads the same schema: a second opinion on every keyword.
const secondOpinion = Compile(orderSchema)

const pathsOf = (value: Json, path: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object'
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
    : [path]

type Change = {
  readonly path: readonly string[]
  readonly how: 'replace' | 'remove' | 'add'
  readonly key: string
  readonly by: Json
}

const alike = fc.constantFrom<Json>(
  0,
  1,
  -1,
  2 ** 40,
  1_000_000_001,
  'sell',
  'block',
  'curve',
  '2026-02-29',
  '2028-02-29',
  '9f'.repeat(32),
  'x'.repeat(65),
  [],
  {},
  true,
)
const change: fc.Arbitrary<Change> = fc.record({
  path: fc.constantFrom(...pathsOf(order)),
  how: fc.constantFrom('replace', 'remove', 'add'),
  key: fc.constantFrom('ramp', 'allOrNothing', 'kind', 'zzz', 'toString', '0'),
  by: fc.oneof(alike, json),
})

/** A deep copy with one thing replaced, taken out or added. */
function changed(value: Json, { path, how, key, by }: Change): Json {
  const [step, ...rest] = path
  if (step === undefined) {
    if (how === 'add' && typeof value === 'object')
      return Array.isArray(value) ? [...value, by] : { ...value, [key]: by }
    return by
  }
  if (typeof value !== 'object') return value
  if (rest.length === 0 && how === 'remove') {
    return Array.isArray(value)
      ? value.filter((_, index) => String(index) !== step)
      : Object.fromEntries(Object.entries(value).filter(([name]) => name !== step))
  }
  const further = (inner: Json): Json => changed(inner, { path: rest, how, key, by })
  return Array.isArray(value)
    ? value.map((inner, index) => (String(index) === step ? further(inner) : inner))
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === step ? further(inner) : inner]))
}

describe('schemas', () => {
  it('[SCHEMA-1] agree with a second checker on orders changed in one to three places, and never throw', () => {
    const seen = { good: 0, bad: 0 }
    const rules = new Set<string>()
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const value = changes.reduce<Json>(changed, order)
        const problem = compiled.explain(value)
        assert.equal(compiled.check(value), problem === undefined)
        assert.equal(secondOpinion.Check(value), problem === undefined, JSON.stringify({ value, problem }))
        seen[problem === undefined ? 'good' : 'bad']++
        if (problem !== undefined) rules.add(problem.rule)
      }),
      { numRuns: runs },
    )
    assert.ok(seen.good > 100 && seen.bad > 100, JSON.stringify(seen))
    assert.deepEqual([...rules].sort(), [
      'aboveMaximum',
      'badPattern',
      'belowMinimum',
      'missing',
      'notOneOf',
      'tooFew',
      'unknownField',
      'wrongType',
    ])
  })

  it('[SCHEMA-5] judge a value the same whatever order its keys were set in', () => {
    const reversed = (value: Json): Json => {
      if (typeof value !== 'object') return value
      if (Array.isArray(value)) return value.map(reversed)
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, reversed(inner)]),
      )
    }
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const value = changes.reduce<Json>(changed, order)
        assert.deepEqual(compiled.explain(reversed(value)), compiled.explain(value))
      }),
    )
  })

  it('an order with bytes changed at random never throws, and passes only as another good order', () => {
    const seen = { undecodable: 0, bad: 0, good: 0 }
    const edit = fc.record({
      at: fc.nat(orderBytes.length - 1),
      to: fc.constantFrom(...new TextEncoder().encode('0123456789abcxyz"\\,:[]{}-. ')),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const bytes = orderBytes.slice()
        for (const { at, to } of edits) bytes[at] = to
        const decoded = decodeCanonical(bytes)
        if (!decoded.ok) {
          seen.undecodable++
          return
        }
        const good = compiled.check(decoded.value)
        assert.equal(good, secondOpinion.Check(decoded.value))
        if (good) assert.deepEqual(encodeCanonicalBytes(decoded.value), bytes)
        seen[good ? 'good' : 'bad']++
      }),
      { numRuns: runs },
    )
    assert.ok(seen.undecodable > 100 && seen.bad > 100 && seen.good > 100, JSON.stringify(seen))
  })

  it('any value at all gets an answer', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        (value) => {
          assert.equal(compiled.check(value), compiled.explain(value) === undefined)
        },
      ),
    )
  })

  it('check where generating code from text is forbidden, as a browser policy may', () => {
    const script = `
      import assert from 'node:assert/strict'
      import { compile } from './src/codec/index.ts'
      import { order, orderSchema } from './test/codec/order-shape.ts'
      assert.throws(() => new Function('return 1'))
      const compiled = compile(orderSchema)
      assert.equal(compiled.explain(order), undefined)
      assert.equal(compiled.explain({ ...order, z: 1 }).rule, 'unknownField')
    `
    const args = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script]
    const run = spawnSync(process.execPath, args, { cwd: new URL('../..', import.meta.url), encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
  })
})
