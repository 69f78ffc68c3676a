import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { workedExample as base } from '@dujiang/testing/worked-example'
import fc from 'fast-check'
import { type CalcResult, calcBook, clearBook, isCalcRefusal } from '../../src/clearing/index.ts'
import { readBook } from '../../src/clearing/calc-read.ts'

/** As a reader of the file sees it. */
function calculate(input: unknown): CalcResult {
  const result = calcBook(input)
  if (isCalcRefusal(result)) throw new Error(JSON.stringify(result))
  return JSON.parse(JSON.stringify(result))
}

const order = (price: unknown, qty: unknown, id = 'a') => ({ id, price, qty })

describe('calculating a book from its file form', () => {
  it('[CALC-9] answers the worked example in plain decimals', () => {
    const result = calculate(JSON.stringify(base))
    assert.equal(result.volume, '33000')
    assert.equal(result.price, '235')
    assert.deepEqual(result.pair, { supply: '230', demand: '240' })
    assert.deepEqual(result.interval, { low: '230', high: '230' })
    assert.equal(result.outside_interval, true)
    assert.deepEqual(result.accepted_supply, { G1: '12000', G2: '10000', G3: '4400', G4: '6600', G5: '0' })
    assert.deepEqual(result.accepted_demand, { B1: '10000', B2: '8000', B3: '9000', B4: '6000', B5: '0' })
    assert.deepEqual(result.marginal.supply, { price: '230', before: '22000', declared: '15000', awarded: '11000' })
    assert.equal(result.normalised, 0)
  })

  it('[CALC-9] says of each step in full, cut at the margin by its share, or out of the money', () => {
    const { supply } = calculate(base).verdicts
    assert.equal(supply['G1']?.[0]?.verdict, 'in_full')
    assert.deepEqual(supply['G3'], [{ verdict: 'cut_at_margin', accepted: '4400', share: '4400/6000' }])
    assert.equal(supply['G5']?.[0]?.verdict, 'out_of_the_money')
  })

  it('[CALC-9] has volume 0 and neither price nor pair when nothing trades', () => {
    const apart = { ...base, supply: [order(250, 1)], demand: [order(240, 1)] }
    const { volume, price, pair, interval, accepted_supply } = calculate(apart)
    assert.deepEqual({ volume, price, pair }, { volume: '0', price: null, pair: null })
    assert.deepEqual(interval, { low: '240', high: '250' })
    assert.deepEqual(accepted_supply, { a: '0' })
    assert.deepEqual(calculate({ ...apart, supply: [], demand: [] }).interval, { low: null, high: null })
    const limits = { floor: -50, cap: 800 }
    assert.deepEqual(calculate({ ...apart, demand: [], limits }).interval, { low: '-50', high: '250' })
  })

  it('[CALC-3] takes numbers and decimal text alike and counts the float dirt it rounds off', () => {
    const dirty = {
      ...base,
      lot: '0.1',
      supply: [order(74.89999999999999, 0.30000000000000004)],
      demand: [order('75.100000', '0.3')],
    }
    const result = calculate(dirty)
    assert.deepEqual(result.pair, { supply: '74.9', demand: '75.1' })
    assert.equal(result.volume, '0.3')
    assert.equal(result.normalised, 2)
  })

  it('[CALC-6] counts inelastic demand at the cap and inelastic supply at the floor', () => {
    const limits = { floor: 0, cap: 481.44 }
    const result = calculate({
      ...base,
      limits,
      price_rule: 'interval_mid',
      supply: [order(null, 5)],
      demand: [order(null, 5)],
    })
    assert.deepEqual(result.pair, { supply: '0', demand: '481.44' })
    assert.equal(result.price, '240.72')
  })

  it('[CALC-7] adds up the steps of an order', () => {
    const stepped = {
      id: 'S',
      steps: [
        { price: 10, qty: 2 },
        { price: '20', qty: 3 },
        { price: 30, qty: 4 },
      ],
    }
    const result = calculate({ ...base, supply: [stepped], demand: [order(25, 4)] })
    assert.deepEqual(result.accepted_supply, { S: '4' })
    assert.deepEqual(
      result.verdicts.supply['S']?.map((step) => [step.verdict, step.accepted]),
      [
        ['in_full', '2'],
        ['cut_at_margin', '2'],
        ['out_of_the_money', '0'],
      ],
    )
  })

  it('[CALC-7] keeps ids that are names of other things in the language', () => {
    const ids = ['__proto__', 'constructor', 'hasOwnProperty', '', '7', '水电“一”', '\u0000\n"']
    const text = JSON.stringify({ ...base, supply: ids.map((id) => order(1, 1, id)), demand: [order(2, 7)] })
    const accepted: object = JSON.parse(JSON.stringify(calcBook(text))).accepted_supply
    assert.deepEqual(Object.keys(accepted).sort(), [...ids].sort())
    for (const id of ids) assert.equal(Object.getOwnPropertyDescriptor(accepted, id)?.value, '1')
  })

  it('[CALC-1] lists what had no effect', () => {
    const result = calculate({
      ...base,
      k: 0.3,
      notes: 'x',
      limits: { ceil: 3 },
      demand: [{ ...order(9, 1), zone: 'A' }],
    })
    assert.deepEqual(result.ignored, ['demand[].zone', 'k', 'limits.ceil', 'notes'])
  })

  it('[CLEAR-7] weighs the pair by k and rounds a half tick towards +∞', () => {
    const pair = (supply: number, demand: number, rules: object) =>
      calculate({ ...base, ...rules, supply: [order(supply, 1)], demand: [order(demand, 1)] }).price
    assert.equal(pair(230, 240, { price_rule: 'k', k: '0.25' }), '232.5')
    assert.equal(pair(230, 240, { price_rule: 'k', k: 1 }), '240')
    assert.equal(pair(-3, -2, { tick: 1 }), '-2')
    assert.equal(pair(2, 3, { tick: 1 }), '3')
    assert.equal(pair(480, 481.44, { tick: 1, price_rule: 'interval_high', limits: { cap: 481.44 } }), '481')
    assert.equal(pair(481.5, 481.6, { tick: 1, limits: { cap: 481.6 } }), '481.6')
  })

  it('never throws, whatever it is given', () => {
    const scraps = fc.constantFrom<unknown>(
      null,
      '',
      '1',
      -1,
      0,
      1e21,
      '9'.repeat(400),
      NaN,
      [],
      {},
      true,
      '1e-7',
      '1e999999',
    )
    const anyOrder = fc.oneof(fc.record({ id: fc.oneof(fc.string(), scraps), price: scraps, qty: scraps }), scraps)
    const form = fc.record(
      {
        price_rule: fc.constantFrom('k', 'last_supply', '__proto__'),
        k: scraps,
        tie_rule: fc.constantFrom('time', 'pro_rata'),
        lot: fc.oneof(fc.constant(1), scraps),
        tick: fc.oneof(fc.constant(1), scraps),
        limits: fc.oneof(fc.record({ floor: scraps, cap: scraps }), scraps),
        supply: fc.oneof(fc.array(anyOrder), scraps),
        demand: fc.oneof(fc.array(anyOrder), scraps),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(form, fc.anything(), fc.string()), (input) => void calcBook(input)),
      { numRuns: 3_000 },
    )
  })

  it('fills books that clearing takes', () => {
    const reading = readBook(base)
    assert.ok(!isCalcRefusal(reading))
    assert.equal(clearBook(reading.book).volume, 33_000_000_000)
  })
})
