import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Book, clearBook } from '../../src/clearing/index.ts'

/** Sellers and buyers of the worked example, price and quantity. */
const worked: Book = {
  supplyPrice: Float64Array.of(180, 205, 230, 230, 305),
  supplyQty: Float64Array.of(12000, 10000, 6000, 9000, 8000),
  demandPrice: Float64Array.of(330, 300, 260, 240, 215),
  demandQty: Float64Array.of(10000, 8000, 9000, 6000, 7000),
  lot: 1,
  tick: 1,
  priceRule: 'last_pair_mid',
  tieRule: 'pro_rata',
}

describe('the worked example of the call auction', () => {
  it('[CLEAR-3] matches 33000 and ends at the pair 230 and 240', () => {
    const { volume, price, lastPair, supplyTier, demandTier } = clearBook(worked)
    assert.equal(volume, 33000)
    assert.equal(price, 235)
    assert.deepEqual(lastPair, { supply: 230, demand: 240 })
    assert.deepEqual(supplyTier, { price: 230, before: 22000, declared: 15000, awarded: 11000 })
    assert.deepEqual(demandTier, { price: 240, before: 27000, declared: 6000, awarded: 6000 })
  })

  it('[CLEAR-6] has the one equilibrium price 230, which the price of the last pair leaves', () => {
    const { interval, outsideInterval } = clearBook(worked)
    assert.deepEqual(interval, { low: 230, high: 230 })
    assert.equal(outsideInterval, true)
    assert.equal(clearBook({ ...worked, priceRule: 'interval_mid' }).outsideInterval, false)
  })

  it('[CLEAR-9] cuts the marginal tier pro rata', () => {
    const { supplyAward, demandAward } = clearBook(worked)
    assert.deepEqual([...supplyAward], [12000, 10000, 4400, 6600, 0])
    assert.deepEqual([...demandAward], [10000, 8000, 9000, 6000, 0])
  })

  it('[CLEAR-9] serves the earlier seller of the marginal tier first under time priority', () => {
    const earlierFirst: Book = {
      ...worked,
      supplyQty: Float64Array.of(12000, 10000, 9000, 6000, 8000),
      tieRule: 'time',
    }
    assert.deepEqual([...clearBook(earlierFirst).supplyAward], [12000, 10000, 9000, 2000, 0])
  })
})
