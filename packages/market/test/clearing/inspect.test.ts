import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Book, clearBook } from '../../src/clearing/index.ts'

const good: Book = {
  supplyPrice: Float64Array.of(1, 2),
  supplyQty: Float64Array.of(10, 20),
  demandPrice: Float64Array.of(3),
  demandQty: Float64Array.of(10),
  lot: 10,
  tick: 1,
  priceRule: 'k',
  kPpm: 500_000,
  tieRule: 'time',
  floor: 0,
  cap: 5,
}

const defects: readonly [string, Partial<Book>, RegExp][] = [
  ['an unknown price rule', { priceRule: 'vickrey' as Book['priceRule'] }, /price rule vickrey/],
  ['an unknown tie rule', { tieRule: 'dice' as Book['tieRule'] }, /tie rule dice/],
  ['a weight above one', { kPpm: 1_000_001 }, /kPpm is 1000001/],
  ['a weight no rule asks for', { priceRule: 'last_supply' }, /kPpm goes with price rule k/],
  ['a lot of nothing', { lot: 0 }, /lot is 0/],
  ['a broken tick', { tick: 0.5 }, /tick is 0.5/],
  ['a limit that is no number', { cap: Number.NaN }, /cap is NaN/],
  ['crossed limits', { floor: 6 }, /floor is above cap/],
  ['a fractional price', { demandPrice: Float64Array.of(2.5) }, /demandPrice\[0\] is 2.5/],
  ['a price under the floor', { supplyPrice: Float64Array.of(1, -1) }, /supplyPrice\[1\] is -1/],
  ['a price over the cap', { demandPrice: Float64Array.of(6) }, /demandPrice\[0\] is 6/],
  ['a price without quantity', { supplyQty: Float64Array.of(10) }, /supplyQty has 1 entries for 2 prices/],
  ['a quantity of nothing', { demandQty: Float64Array.of(0) }, /demandQty\[0\] is 0/],
  ['a split lot', { supplyQty: Float64Array.of(10, 25) }, /supplyQty\[1\] is 25, lot 10/],
  [
    'a side past 2^53 - 1',
    { supplyQty: Float64Array.of(2 ** 53 - 2, 10), lot: 2 },
    /supplyQty sums past 2\^53 - 1 at 1/,
  ],
]

describe('[CLEAR-2] stops at a book nobody may fill so, naming the entry', () => {
  for (const [name, defect, message] of defects) {
    it(name, () => assert.throws(() => clearBook({ ...good, ...defect }), message))
  }

  it('a rule k without its weight', () => {
    const { kPpm: _, ...without } = good
    assert.throws(() => clearBook(without), /kPpm goes with price rule k/)
  })

  it('and clears the book without the defect', () => assert.equal(clearBook(good).volume, 10))

  it('tells every quantity that is not whole lots, however large', () => {
    const top = Number.MAX_SAFE_INTEGER
    for (const lot of [2, 3, 7, 10, 1000, 2 ** 26 + 1, 2 ** 52 - 1]) {
      for (let qty = top - 40; qty < top; qty++) {
        const book: Book = {
          ...good,
          lot,
          supplyQty: Float64Array.of(qty),
          supplyPrice: Float64Array.of(1),
          demandQty: Float64Array.of(lot),
        }
        if (qty % lot === 0) assert.equal(clearBook(book).volume, lot)
        else assert.throws(() => clearBook(book), /supplyQty\[0\]/)
      }
    }
  })
})
