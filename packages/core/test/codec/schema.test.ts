import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Type } from 'typebox'
import { compile, decodeCanonical, fieldsOf, type Json, type Problem, s } from '../../src/codec/index.ts'
import { order, orderSchema } from './order-shape.ts'

const words = { zh: '字段', en: 'Field' }
const compiled = compile(orderSchema)
const { payload } = order

/** Each row repairs the problem of the row before and has one further on: the order of the document. */
const inOrder: readonly (readonly [title: string, value: unknown, problem: Problem])[] = [
  ['an order is an object', [], { path: '', rule: 'wrongType', expected: 'object' }],
  ['a string is no order', 'order', { path: '', rule: 'wrongType', expected: 'object' }],
  ['a field before all others is unknown', { aaa: 1 }, { path: '/aaa', rule: 'unknownField' }],
  ['act is missing', { chain: 7 }, { path: '/act', rule: 'missing' }],
  ['act is no string', { act: 1 }, { path: '/act', rule: 'wrongType', expected: 'string' }],
  ['act is another act', { act: 'cancel' }, { path: '/act', rule: 'notOneOf', allowed: ['submitOffer'] }],
  [
    'chain is too short',
    { act: order.act, chain: 'ab' },
    { path: '/chain', rule: 'badPattern', form: 'hex', chars: 64 },
  ],
  [
    'chain in capitals',
    { ...order, chain: '9F'.repeat(32) },
    { path: '/chain', rule: 'badPattern', form: 'hex', chars: 64 },
  ],
  ['expiry is a fraction', { ...order, expires: 1.5 }, { path: '/expires', rule: 'wrongType', expected: 'integer' }],
  ['expiry is minus zero', { ...order, expires: -0 }, { path: '/expires', rule: 'wrongType', expected: 'integer' }],
  ['expiry is past 2^53', { ...order, expires: 2 ** 53 }, { path: '/expires', rule: 'wrongType', expected: 'integer' }],
  ['expiry is negative', { ...order, expires: -1 }, { path: '/expires', rule: 'belowMinimum', limit: 0 }],
  ['a field between is unknown', { ...order, fee: 1 }, { path: '/fee', rule: 'unknownField' }],
  ['organisation begins with a dot', { ...order, org: '.x' }, { path: '/org', rule: 'badPattern', form: 'id' }],
  ['payload is a list', { ...order, payload: [] }, { path: '/payload', rule: 'wrongType', expected: 'object' }],
  [
    'a day that does not exist',
    withPayload({ deliveryDay: '2026-02-29' }),
    { path: '/payload/deliveryDay', rule: 'badPattern', form: 'date' },
  ],
  [
    'neither buy nor sell',
    withPayload({ direction: 'hold' }),
    { path: '/payload/direction', rule: 'notOneOf', allowed: ['buy', 'sell'] },
  ],
  [
    'prices are no list',
    withPayload({ priceMilliFenPerMwh: 7 }),
    { path: '/payload/priceMilliFenPerMwh', rule: 'wrongType', expected: 'array' },
  ],
  [
    'no price',
    withPayload({ priceMilliFenPerMwh: [] }),
    { path: '/payload/priceMilliFenPerMwh', rule: 'tooFew', limit: 1 },
  ],
  [
    '97 prices',
    withPayload({ priceMilliFenPerMwh: Array.from({ length: 97 }, () => 1) }),
    { path: '/payload/priceMilliFenPerMwh', rule: 'tooMany', limit: 96 },
  ],
  [
    'the third price is too high',
    withPayload({ priceMilliFenPerMwh: [1, 2, 1e9 + 1, 'x'] }),
    { path: '/payload/priceMilliFenPerMwh/2', rule: 'aboveMaximum', limit: 1e9 },
  ],
  [
    'product is no object',
    withPayload({ product: 'curve' }),
    { path: '/payload/product', rule: 'wrongType', expected: 'object' },
  ],
  [
    '[SCHEMA-6] product has no kind',
    withPayload({ product: { aaa: 1 } }),
    { path: '/payload/product/kind', rule: 'missing' },
  ],
  [
    '[SCHEMA-6] kind is no string',
    withPayload({ product: { kind: 1 } }),
    { path: '/payload/product/kind', rule: 'wrongType', expected: 'string' },
  ],
  [
    '[SCHEMA-6] kind is unknown',
    withPayload({ product: { kind: 'toString' } }),
    { path: '/payload/product/kind', rule: 'notOneOf', allowed: ['block', 'curve'] },
  ],
  [
    '[SCHEMA-6] a field of the other kind',
    withPayload({ product: { kind: 'block', allOrNothing: true, ramp: 1 } }),
    { path: '/payload/product/ramp', rule: 'unknownField' },
  ],
  [
    'an answer that is neither true nor false',
    withPayload({ product: { kind: 'block', allOrNothing: 1 } }),
    { path: '/payload/product/allOrNothing', rule: 'wrongType', expected: 'boolean' },
  ],
  [
    'an optional field is judged when present',
    withPayload({ product: { kind: 'curve', ramp: 101 } }),
    { path: '/payload/product/ramp', rule: 'aboveMaximum', limit: 100 },
  ],
  [
    'reference has 65 characters',
    { ...order, ref: '二'.repeat(65) },
    { path: '/ref', rule: 'badPattern', form: 'text', chars: 64 },
  ],
  [
    'reference has a line break',
    { ...order, ref: 'a\nb' },
    { path: '/ref', rule: 'badPattern', form: 'text', chars: 64 },
  ],
  [
    'reference runs backwards',
    { ...order, ref: 'a\u202eb' },
    { path: '/ref', rule: 'badPattern', form: 'text', chars: 64 },
  ],
  [
    'reference has half a pair',
    { ...order, ref: 'a\ud83d' },
    { path: '/ref', rule: 'badPattern', form: 'text', chars: 64 },
  ],
  ['the last field is missing', { ...order, v: undefined }, { path: '/v', rule: 'wrongType', expected: 'integer' }],
  ['a field after all others is unknown', { ...order, z: 1 }, { path: '/z', rule: 'unknownField' }],
  ['a pointer escapes its separators', { ...order, 'z/~': 1 }, { path: '/z~1~0', rule: 'unknownField' }],
]

function withPayload(change: object): unknown {
  return { ...order, payload: { ...payload, ...change } }
}

describe('a compiled schema', () => {
  it('[SCHEMA-5] finds nothing in a good order', () => {
    assert.equal(compiled.explain(order), undefined)
    assert.equal(compiled.check(order), true)
  })

  for (const [title, value, problem] of inOrder) {
    it(title.startsWith('[') ? title : `[SCHEMA-5] ${title}`, () => {
      assert.deepEqual(compiled.explain(value), problem)
      assert.equal(compiled.check(value), false)
    })
  }

  it('[SCHEMA-3] both ends of a range and of a size belong to it', () => {
    const pair = compile(s.list(s.int(-1, 1), { min: 1, max: 2 }))
    for (const good of [[-1], [1, -1]]) assert.equal(pair.explain(good), undefined)
  })

  it('[SCHEMA-6] a tag is a field of the object itself', () => {
    const product = compile(s.union('kind', [s.object({ kind: s.literal('block') })]))
    assert.deepEqual(product.explain(Object.create({ kind: 'block' })), { path: '/kind', rule: 'missing' })
    assert.deepEqual(product.explain(Object.create({ kind: 'cure' })), { path: '/kind', rule: 'missing' })
  })

  it('[SCHEMA-2] refuses to make a field of a name that every object inherits, or that is not plain ASCII', () => {
    for (const name of ['toString', 'constructor', '__proto__', 'Name', 'a-b', '', 'é', 'x'.repeat(49)]) {
      assert.throws(() => s.object(Object.fromEntries([[name, s.bool()]])), /SCHEMA-2/)
    }
  })

  it('[SCHEMA-2] __proto__ made by a careless parser is an unknown field', () => {
    const parsed: unknown = JSON.parse('{"__proto__":{"sold":true}}')
    assert.deepEqual(compile(s.object({ sold: s.bool() })).explain(parsed), {
      path: '/__proto__',
      rule: 'unknownField',
    })
    assert.deepEqual(compile(s.object({ sold: s.bool() })).explain(Object.create({ sold: true })), {
      path: '/sold',
      rule: 'missing',
    })
  })

  it('[SCHEMA-3] a range must be of safe integers, in order', () => {
    for (const [min, max] of [
      [0, 2 ** 53],
      [0.5, 1],
      [2, 1],
      [Number.NaN, 1],
    ] as const) {
      assert.throws(() => s.int(min, max), /SCHEMA-3/)
    }
  })

  it('[SCHEMA-4] text counts code points and takes any script', () => {
    const name = compile(s.text(4, words, 1))
    for (const good of ['二滩电站', '😀😀😀😀', 'é́ a', '\u00a0\u3000']) assert.equal(name.check(good), true, good)
    for (const bad of ['', '😀😀😀😀😀', '\u0085', '\u007f', '\u2028', '\ufeff', '\u200f', '\ude00']) {
      assert.equal(name.check(bad), false, JSON.stringify(bad))
    }
  })

  it('a date exists in the calendar', () => {
    const day = compile(s.date())
    for (const year of [2000, 2023, 2024, 2026, 2028, 2096, 2099]) {
      for (let month = 0; month <= 13; month++) {
        for (let date = 0; date <= 32; date++) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
          const real = new Date(Date.UTC(year, month - 1, date))
          assert.equal(day.check(text), real.toISOString().startsWith(text), text)
        }
      }
    }
    for (const bad of ['1999-12-31', '2100-01-01', '2026-1-01', '2026-01-01\n', ' 2026-01-01', '2024-02-29x']) {
      assert.equal(day.check(bad), false, bad)
    }
  })

  it('a literal can be an integer', () => {
    const version = compile(s.literal(1))
    assert.equal(version.check(1), true)
    assert.deepEqual(version.explain(2), { path: '', rule: 'notOneOf', allowed: [1] })
    assert.deepEqual(version.explain('1'), { path: '', rule: 'wrongType', expected: 'integer' })
    assert.equal(compile(s.literal(0)).check(-0), false)
  })

  it('an object left open for another schema is an object still', () => {
    const open = compile(s.anyObject())
    assert.equal(open.check({ a: [1] }), true)
    for (const bad of [[], null, 'x', 1])
      assert.deepEqual(open.explain(bad), { path: '', rule: 'wrongType', expected: 'object' })
  })

  it('[SCHEMA-1] refuses to compile what the vocabulary cannot have made', () => {
    const foreign = [
      Type.String(),
      Type.String({ format: 'date' }),
      Type.String({ pattern: '^a$', maxLength: 3 }),
      Type.Number(),
      Type.Integer(),
      Type.Null(),
      Type.Object({ a: s.bool() }),
      Type.Array(s.bool(), { minItems: 0, maxItems: 2, uniqueItems: true }),
      Type.Union([s.bool(), s.id()]),
      s.object({ inner: Type.Any() }),
    ]
    for (const schema of foreign) assert.throws(() => compile(schema), /SCHEMA-1/)
  })

  it('[SCHEMA-6] refuses to compile a union whose alternatives cannot be told apart', () => {
    const block = s.object({ kind: s.literal('block') })
    assert.throws(() => compile(s.union('kind', [block, block])), /SCHEMA-6/)
    assert.throws(() => compile(s.union('type', [block])), /SCHEMA-6/)
    assert.throws(() => compile(s.union('kind', [s.object({ kind: s.id() })])), /SCHEMA-6/)
  })

  it('gives plain JSON Schema with words and units', () => {
    const offer = s.object({
      volumeWh: s.int(0, 9, { zh: '电量', en: 'Volume', unit: 'Wh' }),
      note: s.optional(s.id()),
    })
    assert.deepEqual(compile(offer).jsonSchema, {
      type: 'object',
      required: ['volumeWh'],
      properties: {
        volumeWh: {
          type: 'integer',
          minimum: 0,
          maximum: 9,
          description: 'Volume',
          'x-description-zh': '电量',
          'x-unit': 'Wh',
        },
        note: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$', 'x-form': 'id' },
      },
      additionalProperties: false,
    })
  })

  it('[SCHEMA-7] lists fields with their words, by name', () => {
    const fields = fieldsOf(orderSchema)
    assert.deepEqual(
      fields.map(({ path }) => path),
      [
        'act',
        'chain',
        'expires',
        'org',
        'payload',
        'payload.deliveryDay',
        'payload.direction',
        'payload.priceMilliFenPerMwh',
        'payload.product',
        'payload.product<block>.allOrNothing',
        'payload.product<block>.kind',
        'payload.product<curve>.kind',
        'payload.product<curve>.ramp',
        'payload.volumeWh',
        'ref',
        'sequence',
        'v',
      ],
    )
    assert.deepEqual(
      fields.find(({ path }) => path.endsWith('.ramp')),
      {
        path: 'payload.product<curve>.ramp',
        kind: 'integer',
        required: false,
        ...words,
        min: 0,
        max: 100,
      },
    )
    const rows = s.object({
      rows: s.list(s.object({ from: s.int(0, 95, { ...words, unit: 'period' }) }), { min: 1, max: 2 }),
    })
    assert.deepEqual(fieldsOf(rows), [
      { path: 'rows', kind: 'list', required: true, min: 1, max: 2 },
      { path: 'rows[].from', kind: 'integer', required: true, ...words, unit: 'period', min: 0, max: 95 },
    ])
  })

  it('names the type of what passed', () => {
    const decoded = decodeCanonical(new TextEncoder().encode('{"kind":"block","allOrNothing":true}'))
    const value: unknown = decoded.ok ? decoded.value : { kind: 'block', allOrNothing: true }
    const schema = compile(
      s.union('kind', [
        s.object({ kind: s.literal('block'), allOrNothing: s.bool() }),
        s.object({ kind: s.literal('curve'), points: s.list(s.int(0, 9), { min: 0, max: 9 }) }),
      ]),
    )
    assert.ok(schema.check(value))
    const carried: Json = value
    assert.equal(carried, value)
    if (value.kind === 'curve') {
      // @ts-expect-error what passed is read-only
      value.points.push(1)
    } else {
      const whole: boolean = value.allOrNothing
      assert.equal(whole, true)
    }
  })
})
