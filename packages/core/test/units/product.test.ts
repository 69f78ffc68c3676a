import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  averagePrice,
  cost,
  divideRounded,
  energyOver,
  fen,
  milliFenPerMwh,
  multiply,
  portion,
  ppm,
  type Rounding,
  sum,
  watt,
  wh,
} from '../../src/units/index.ts'

const LOSSY: readonly Rounding[] = ['floor', 'ceil', 'towardZero', 'halfUp', 'halfEven']
const lossy = fc.constantFrom(...LOSSY)

describe('products', () => {
  it('[PROD-1] multiplies exactly past 2^53, where the plain product of two numbers is off', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        assert.equal(multiply(a, b), BigInt(a) * BigInt(b))
      }),
    )
    assert.equal(multiply(94_906_267, 94_906_269), 9_007_199_705_687_823n)
    assert.notEqual(BigInt(94_906_267 * 94_906_269), 9_007_199_705_687_823n)
    assert.throws(() => multiply(0.1, 3), RangeError)
  })

  it('[PROD-1] charges any volume at any price to the fen, or throws when the money does not fit', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), lossy, (volume, price, rounding) => {
        const exact = divideRounded(BigInt(volume) * BigInt(price), 1_000_000_000n, rounding)
        const charge = () => cost(wh(volume), milliFenPerMwh(price), rounding)
        if (exact > BigInt(Number.MAX_SAFE_INTEGER) || exact < -BigInt(Number.MAX_SAFE_INTEGER)) {
          assert.throws(charge, RangeError)
        } else {
          assert.equal(BigInt(charge()), exact)
        }
      }),
    )
  })

  it('[ROUND-1] gives the half fen of 1.5 MWh at 350.25 yuan/MWh to whom the rounding says', () => {
    const charge = (rounding: Rounding) => cost(wh(1_500_000), milliFenPerMwh(35_025_000), rounding)
    assert.deepEqual(LOSSY.map(charge), [52_537, 52_538, 52_537, 52_538, 52_538])
    assert.throws(() => charge('exact'), RangeError)
  })

  it('prices what a volume costs so that the same volume costs it again within half a step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10 ** 6, max: 10 ** 11 }),
        fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        (volume, money) => {
          const price = averagePrice(fen(money), wh(volume), 'halfUp')
          const excess = 2n * (multiply(price, volume) - BigInt(money) * 1_000_000_000n)
          assert.ok(excess <= BigInt(volume) && excess > -BigInt(volume))
        },
      ),
    )
    assert.throws(() => averagePrice(fen(1), wh(0), 'halfUp'), RangeError)
    assert.throws(() => averagePrice(fen(10_000_000), wh(1), 'halfUp'), RangeError)
  })

  it('takes a portion exactly', () => {
    assert.equal(portion(fen(100_000), ppm(56_400), 'exact'), 5_640)
    assert.equal(portion(wh(-3), ppm(500_000), 'halfUp'), -1)
    assert.throws(() => portion(fen(1), ppm(1), 'exact'), RangeError)
    assert.throws(() => portion(fen(Number.MAX_SAFE_INTEGER), ppm(1_000_001), 'floor'), { message: /^portion: / })
  })

  it('settles the published agency bill of one month to the fen', () => {
    const lines: [kWh: number, priceMilliFen: number, due: number][] = [
      [60_000, 88_843_600, 5_330_616],
      [220_000, 75_560_400, 16_623_288],
      [180_000, 50_654_400, 9_117_792],
      [240_000, 25_748_400, 6_179_616],
    ]
    const due = lines.map(([kWh, price]) => cost(wh(kWh * 1000), milliFenPerMwh(price), 'exact'))
    assert.deepEqual(
      due,
      lines.map(([, , fenDue]) => fenDue),
    )
    assert.equal(sum(due), 37_251_312)
  })

  it('settles the published hour of a hydro plant to the fen, point by point', () => {
    const points: [dayAhead: number, dayAheadPrice: number, metered: number, realTimePrice: number][] = [
      [110, 300, 108, 295],
      [112, 310, 115, 320],
      [115, 325, 116, 330],
      [118, 340, 112, 350],
    ]
    const energy = (mw: number) => energyOver(watt(mw * 1_000_000), 15, 'exact')
    const pay = (mw: number, yuan: number) => cost(energy(mw), milliFenPerMwh(yuan * 100_000), 'halfUp')
    assert.equal(sum(points.map(() => pay(100, 262))), 2_620_000)
    assert.equal(sum(points.map(([dayAhead, price]) => pay(dayAhead - 100, price))), 442_875)
    assert.equal(sum(points.map(([dayAhead, , metered, price]) => pay(metered - dayAhead, price))), -35_000)
    const volume = sum(points.map(([, , metered]) => energy(metered)))
    assert.equal(volume, 112_750_000)
    assert.equal(averagePrice(fen(3_027_875), volume, 'halfUp'), 26_854_767)
  })
})
