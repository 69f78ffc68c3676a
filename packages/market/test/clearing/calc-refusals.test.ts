import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { calcBook, isCalcRefusal } from '../../src/clearing/index.ts'

const steps = (...list: [unknown, unknown][]) => [{ id: 'S', steps: list.map(([price, qty]) => ({ price, qty })) }]
const order = (price: unknown, qty: unknown, id: unknown = 'A') => ({ id, price, qty })

/** Each row repairs the fault of the row before by adding its last column, and meets the next one: the order is CALC's. */
const repairs: readonly [field: string, rule: string, repair: Record<string, unknown>][] = [
  ['price_rule', 'missing', { price_rule: 'pay_as_bid' }],
  ['price_rule', 'notOneOf', { price_rule: 'k' }],
  ['k', 'missing', { k: 1.5 }],
  ['k', 'outsideZeroToOne', { k: '-0.1' }],
  ['k', 'outsideZeroToOne', { k: '0.1234567' }],
  ['k', 'notOnGrid', { k: '0.5' }],
  ['tie_rule', 'missing', { tie_rule: 'random' }],
  ['tie_rule', 'notOneOf', { tie_rule: 'time' }],
  ['lot', 'missing', { lot: 0 }],
  ['lot', 'notPositive', { lot: '1e-7' }],
  ['lot', 'notPositive', { lot: true }],
  ['lot', 'notANumber', { lot: 2 }],
  ['tick', 'missing', { tick: -0.01 }],
  ['tick', 'notPositive', { tick: '0,01' }],
  ['tick', 'badCharacter', { tick: '0.01' }],
  ['supply', 'missing', { limits: [] }],
  ['limits', 'notAnObject', { limits: { floor: 'low' } }],
  ['limits.floor', 'badCharacter', { limits: { floor: 10, cap: 9 } }],
  ['limits.floor', 'aboveCap', { limits: { floor: 0, cap: 1e21 } }],
  ['limits.cap', 'outOfRange', { limits: { floor: 0, cap: '481.44' } }],
  ['supply', 'missing', { supply: {} }],
  ['supply', 'notAnArray', { supply: ['x'] }],
  ['supply[0]', 'notAnObject', { supply: [{}] }],
  ['supply[0].id', 'missing', { supply: [order(1, 2, 7)] }],
  ['supply[0].id', 'notText', { supply: [order(1, 2, 'x'.repeat(1001))] }],
  ['supply[0].id', 'tooLong', { supply: [order(1, 2), order(1, 2)] }],
  ['supply[1].id', 'duplicateId', { supply: [order(undefined, 2)] }],
  ['supply[0].price', 'missing', { supply: [order('9'.repeat(400), 2)] }],
  ['supply[0].price', 'outOfRange', { supply: [order('9'.repeat(4000), 2)] }],
  ['supply[0].price', 'tooLong', { supply: [order(1e21, 2)] }],
  ['supply[0].price', 'outOfRange', { supply: [order(Number.POSITIVE_INFINITY, 2)] }],
  ['supply[0].price', 'outOfRange', { supply: [order(50_000_000_000, 2)] }],
  ['supply[0].price', 'outOfRange', { supply: [order(-0.00001, 2)] }],
  ['supply[0].price', 'belowFloor', { supply: [order(481.45, 2)] }],
  ['supply[0].price', 'aboveCap', { supply: [order(481.44, null)] }],
  ['supply[0].qty', 'missing', { supply: [order(1, 0)] }],
  ['supply[0].qty', 'notPositive', { supply: [order(1, -2)] }],
  ['supply[0].qty', 'notPositive', { supply: [order(1, 3)] }],
  ['supply[0].qty', 'notInLots', { supply: [order(1, 9_000_000_000), order(1, 8_000_000, 'B')] }],
  ['supply[1].qty', 'totalOutOfRange', { supply: [{ id: 'A', price: 1, steps: [] }] }],
  ['supply[0].price', 'besideSteps', { supply: [{ id: 'A', qty: 1, steps: [] }] }],
  ['supply[0].qty', 'besideSteps', { supply: steps() }],
  ['supply[0].steps', 'noSteps', { supply: [{ id: 'A', steps: 3 }] }],
  ['supply[0].steps', 'notAnArray', { supply: [{ id: 'A', steps: [3] }] }],
  ['supply[0].steps[0]', 'notAnObject', { supply: steps([2, 2], [1, 2]) }],
  ['supply[0].steps[1].price', 'supplyMustRise', { supply: steps([2, 2], [2, 2]) }],
  ['supply[0].steps[1].price', 'supplyMustRise', { supply: steps([null, 2], [2, 2]) }],
  ['demand', 'missing', { demand: steps([2, 2], [3, 2]) }],
  ['demand[0].steps[1].price', 'demandMustFall', { demand: steps([2, 2], [2, 2]) }],
  ['demand[0].steps[1].price', 'demandMustFall', { demand: [order(null, 2)], limits: { floor: 0 } }],
  ['demand[0].price', 'inelasticNeedsLimit', { supply: [order(null, 2)], limits: { cap: 481.44 } }],
  ['supply[0].price', 'inelasticNeedsLimit', { limits: { floor: 0, cap: 481.44 } }],
]

describe('what the calculation door refuses, in order', () => {
  let book: Record<string, unknown> = {}
  for (const [field, rule, repair] of repairs) {
    const before = book
    it(`${field}: ${rule}, mended by ${JSON.stringify(repair).slice(0, 60)}`, () => {
      const answer = calcBook(before)
      assert.ok(isCalcRefusal(answer))
      assert.deepEqual({ field: answer.error.field, rule: answer.error.rule }, { field, rule })
    })
    book = { ...book, ...repair }
  }

  it('takes the book when every fault is mended', () => {
    assert.equal(isCalcRefusal(calcBook(book)), false)
  })

  it('refuses what is not a book at all', () => {
    for (const [input, rule] of [
      ['{"lot":', 'notJson'],
      ['['.repeat(1_000_000), 'notJson'],
      ['[]', 'notAnObject'],
      ['7', 'notAnObject'],
      [null, 'notAnObject'],
    ] as const) {
      assert.deepEqual(calcBook(input), { error: { field: '', rule } })
    }
  })

  it('does not read fields an object inherits', () => {
    const answer = calcBook(Object.create({ price_rule: 'k' }))
    assert.deepEqual(isCalcRefusal(answer) && answer.error.rule, 'missing')
  })
})
