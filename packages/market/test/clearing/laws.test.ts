import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allocateLots } from '@dujiang/core/units'
import fc from 'fast-check'
import { type Book, clearBook } from '../../src/clearing/index.ts'
import { nthLargest } from '../../src/clearing/nth-largest.ts'
import { priceOrder } from '../../src/clearing/price-order.ts'
import { quotientOf, remainderOf } from '../../src/clearing/product.ts'
import { anyBook } from './books.ts'

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

describe('laws of a cleared book', () => {
  it('[CLEAR-10] sells exactly what it buys, and no step more than it declared, in whole lots', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const { volume, supplyAward, demandAward } = clearBook(book)
        assert.equal(sum(supplyAward), volume)
        assert.equal(sum(demandAward), volume)
        for (const [award, qty] of [
          [supplyAward, book.supplyQty],
          [demandAward, book.demandQty],
        ] as const) {
          assert.ok(award.every((given, i) => given >= 0 && given <= (qty[i] as number) && given % book.lot === 0))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('[CLEAR-7] keeps the interval rules inside the interval and the pair rules inside the pair, on a fine tick', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const { price, interval, lastPair } = clearBook({ ...book, tick: 1 })
        if (price === null || lastPair === null) return
        if (book.priceRule.startsWith('interval')) {
          assert.ok(price >= (interval.low as number) && price <= (interval.high as number))
        } else assert.ok(price >= lastPair.supply && price <= lastPair.demand)
      }),
      { numRuns: 2_000 },
    )
  })

  it('[CLEAR-9] does not depend on the unit quantities are counted in', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        if (sum(book.supplyQty) + sum(book.demandQty) > 2 ** 49) return
        const tenfold: Book = {
          ...book,
          lot: book.lot * 10,
          supplyQty: book.supplyQty.map((qty) => qty * 10),
          demandQty: book.demandQty.map((qty) => qty * 10),
        }
        assert.deepEqual(
          clearBook(tenfold).supplyAward,
          clearBook(book).supplyAward.map((award) => award * 10),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('[CLEAR-9] shares a tier as the exact allocation of the units does, products past 2^53 included', () => {
    const lots = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 50 }))
    fc.assert(
      fc.property(fc.array(lots, { minLength: 1, maxLength: 8 }), fc.nat(10 ** 9), (supplied, ppb) => {
        const declared = sum(supplied)
        fc.pre(declared <= Number.MAX_SAFE_INTEGER)
        const wanted = Math.max(1, Math.floor((declared / 10 ** 9) * ppb))
        const awards = Array.from(clearBook(tieOf(supplied, wanted)).supplyAward, BigInt)
        assert.deepEqual(awards, allocateLots(wanted, supplied, 1))
      }),
      { numRuns: 3_000 },
    )
  })
})

function tieOf(supplied: number[], wanted: number): Book {
  return {
    supplyPrice: new Float64Array(supplied.length),
    supplyQty: Float64Array.from(supplied),
    demandPrice: Float64Array.of(0),
    demandQty: Float64Array.of(wanted),
    lot: 1,
    tick: 1,
    priceRule: 'last_supply',
    tieRule: 'pro_rata',
  }
}

describe('the parts clearing rests on', () => {
  it('[CLEAR-1] orders by price, equal prices by time, over the whole range of prices', () => {
    // Narrow prices tie; those about 2^32 apart are where one word of the sort stops being enough.
    const prices = fc.oneof(
      fc.array(fc.integer({ min: -3, max: 3 })),
      fc.array(fc.integer({ min: 0, max: 2 ** 33 })),
      fc.array(fc.integer({ min: -(2 ** 52) + 1, max: 2 ** 52 - 1 })),
    )
    fc.assert(
      fc.property(prices, fc.constantFrom(1 as const, -1 as const), (list, direction) => {
        const rank = (i: number) => direction * (list[i] as number)
        const expected = list.map((_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b)
        assert.deepEqual([...priceOrder(Float64Array.from(list), direction)], expected)
      }),
      { numRuns: 2_000 },
    )
  })

  it('divides products of safe integers as bigint does', () => {
    const upTo = (max: number) => fc.oneof(fc.integer({ min: 0, max }), fc.integer({ min: Math.max(0, max - 3), max }))
    const magnitude = fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 2 ** 40 }),
      fc.integer({ min: 2 ** 51 - 5, max: 2 ** 51 + 5 }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    )
    const triple = magnitude.chain((d) => fc.tuple(upTo(d), upTo(d), fc.constant(d)))
    fc.assert(
      fc.property(triple, ([a, b, d]) => {
        const product = BigInt(a) * BigInt(b)
        const quotient = quotientOf(a, b, d)
        assert.equal(BigInt(quotient), product / BigInt(d))
        assert.equal(BigInt(remainderOf(a, b, quotient, d)), product % BigInt(d))
      }),
      { numRuns: 20_000 },
    )
  })

  it('finds the n-th largest as sorting does', () => {
    const values = fc.oneof(fc.array(fc.nat(5), { minLength: 1 }), fc.array(fc.nat(10 ** 9), { minLength: 1 }))
    fc.assert(
      fc.property(values, fc.nat(), (list, pick) => {
        const n = (pick % list.length) + 1
        const expected = list.toSorted((a, b) => b - a)[n - 1]
        assert.equal(nthLargest(Float64Array.from(list), n, Math.max(...list) + 1), expected)
      }),
      { numRuns: 2_000 },
    )
  })
})
