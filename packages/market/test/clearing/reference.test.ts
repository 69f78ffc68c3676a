import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { type Book, clearBook } from '../../src/clearing/index.ts'
import { anyBook, asExpected } from './books.ts'
import { clearByReference, faithful, type Reading, shareProRata } from './reference.ts'

const RUNS = process.env['DUJIANG_LONG'] === '1' ? 200_000 : 6_000
/** For the tests of the tests: what they must meet is met by this sequence, so they cannot fail by bad luck. */
const SEED = 20260301

describe('clearing against a slow reference', () => {
  it(`gives what the rules read literally give, on ${RUNS} random books`, () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        assert.deepEqual(asExpected(clearBook(book)), clearByReference(book))
      }),
      { numRuns: RUNS },
    )
  })

  it('meets every situation the comparison is meant to meet', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(anyBook, (book) => {
        for (const situation of situationsOf(book)) seen.add(situation)
      }),
      { numRuns: 3_000, seed: SEED },
    )
    assert.deepEqual([...seen].sort(), [
      'cap rules the price',
      'cut demand tier',
      'cut supply tier',
      'exact crossing',
      'floor rules the price',
      'negative price',
      'no trade',
      'one side empty',
      'outside the interval',
      'price below the tick grid',
      'remainder of lots',
      'unbounded interval',
    ])
  })
})

function situationsOf(book: Book): string[] {
  const clearing = clearBook(book)
  const { supplyTier, demandTier, price, interval } = clearing
  const cut = (tier: typeof supplyTier) => tier !== null && tier.awarded < tier.declared
  const shares = (tier: typeof supplyTier) => tier !== null && cut(tier) && tier.awarded % tier.declared !== 0
  const situations: [string, boolean][] = [
    ['cut supply tier', cut(supplyTier)],
    ['cut demand tier', cut(demandTier)],
    ['exact crossing', supplyTier !== null && !cut(supplyTier) && !cut(demandTier)],
    ['no trade', price === null],
    ['one side empty', book.supplyQty.length === 0 || book.demandQty.length === 0],
    ['negative price', price !== null && price < 0],
    ['outside the interval', clearing.outsideInterval],
    ['unbounded interval', interval.low === null || interval.high === null],
    ['cap rules the price', price !== null && price === book.cap && price % book.tick !== 0],
    ['floor rules the price', price !== null && price === book.floor && price % book.tick !== 0],
    ['price below the tick grid', price !== null && price !== clearBook({ ...book, tick: 1 }).price],
    ['remainder of lots', book.tieRule === 'pro_rata' && (shares(supplyTier) || shares(demandTier))],
  ]
  return situations.filter(([, met]) => met).map(([name]) => name)
}

/** Mistakes planted in the reading of the rules: were clearBook to make one, the comparison would be the same. */
const mistakes: readonly [string, Partial<Reading>][] = [
  ['a half tick rounded down', { roundToTick: (n, d, tick) => -faithful.roundToTick(-n, d, tick) }],
  ['a half tick rounded away from zero', { roundToTick: (n, d, tick) => awayFromZero(n, d, tick) }],
  ['a price cut off at the tick', { roundToTick: (n, d, tick) => (n / (d * tick)) * tick }],
  ['equal prices that do not trade', { trades: (buyer, seller) => buyer > seller }],
  ['prices one apart that trade', { trades: (buyer, seller) => buyer >= seller - 1n }],
  ['left lots to the latest of equal fractions', { share: reversed }],
  ['left lots to the earliest whatever its fraction', { share: earliestFirst }],
  ['one lot lost at the margin', { share: (members, awarded, lot) => shareProRata(members, awarded - lot, lot) }],
]

describe('the comparison notices a planted mistake', () => {
  for (const [name, mistake] of mistakes) {
    it(name, () => {
      const found = fc.check(
        fc.property(anyBook, (book) =>
          isDeepStrictEqual(asExpected(clearBook(book)), clearByReference(book, { ...faithful, ...mistake })),
        ),
        { numRuns: 6_000, seed: SEED },
      )
      assert.equal(found.failed, true)
    })
  }
})

function awayFromZero(n: bigint, d: bigint, tick: bigint): bigint {
  return n < 0n ? -faithful.roundToTick(-n, d, tick) : faithful.roundToTick(n, d, tick)
}

function reversed(...[members, awarded, lot]: Parameters<Reading['share']>): bigint[] {
  return shareProRata(members.toReversed(), awarded, lot).reverse()
}

function earliestFirst(...[members, awarded, lot]: Parameters<Reading['share']>): bigint[] {
  const declared = members.reduce((sum, member) => sum + member.qty, 0n)
  const shares = members.map((member) => ((member.qty * awarded) / declared / lot) * lot)
  let left = awarded - shares.reduce((sum, share) => sum + share, 0n)
  return shares.map((share) => {
    if (left === 0n) return share
    left -= lot
    return share + lot
  })
}
