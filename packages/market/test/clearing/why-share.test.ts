import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Book, type StepShare, clearBook, whyShare } from '@dujiang/market'
import fc from 'fast-check'
import { anyBook } from './books.ts'

const of = (...numbers: number[]) => Float64Array.from(numbers)
const sides = ['supply', 'demand'] as const

/** Works an award out again from what is said about it, in whole numbers without bounds. */
function demandArithmetic({ awarded, declared, tier, cut }: StepShare, lot: number): void {
  if (cut === undefined) return
  assert.ok(tier !== null && tier.awarded < tier.declared)
  if (cut.rule === 'time') {
    assert.equal(cut.left, Math.max(0, tier.awarded - cut.before))
    assert.equal(awarded, Math.min(declared, cut.left))
    return
  }
  const [own, all, given] = [cut.declaredLots, cut.tierLots, cut.awardedLots].map(BigInt) as [bigint, bigint, bigint]
  assert.deepEqual(
    [own, all, given].map((lots) => Number(lots) * lot),
    [declared, tier.declared, tier.awarded],
  )
  assert.equal(BigInt(cut.wholeLots), (own * given) / all)
  assert.equal(BigInt(cut.fraction), own * given - BigInt(cut.wholeLots) * all)
  assert.equal(awarded, (cut.wholeLots + (cut.extraLot ? 1 : 0)) * lot)
  const { least, fraction } = cut
  const wins =
    least !== undefined && (fraction > least.fraction || (least.rank ?? Number.POSITIVE_INFINITY) <= least.served)
  assert.equal(cut.extraLot, wins)
  assert.equal(least?.rank !== undefined, least?.fraction === fraction)
}

describe('why a step got its share', () => {
  it('[CLEAR-9] says what the clearing gave, and the arithmetic it states comes to that', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(anyBook, (book) => {
        const clearing = clearBook(book)
        for (const side of sides) {
          const extra: boolean[] = []
          let leftLots: number | undefined
          for (let at = 0; at < book[`${side}Qty`].length; at++) {
            const share = whyShare(book, side, at)
            assert.equal(share.awarded, clearing[`${side}Award`][at])
            assert.deepEqual(share.tier, clearing[`${side}Tier`])
            demandArithmetic(share, book.lot)
            met.add(share.standing).add(share.cut?.rule ?? 'whole')
            if (share.cut?.rule !== 'pro_rata') continue
            extra.push(share.cut.extraLot)
            leftLots = share.cut.leftLots
          }
          if (leftLots !== undefined) assert.equal(extra.filter(Boolean).length, leftLots)
        }
      }),
      { numRuns: 2_000, seed: 1 },
    )
    assert.deepEqual([...met].sort(), ['better', 'marginal', 'pro_rata', 'time', 'untraded', 'whole', 'worse'])
  })

  it('[CLEAR-4] where the price stands tells why without a cut', () => {
    const book: Book = {
      supplyPrice: of(1, 2, 3),
      supplyQty: of(5, 5, 5),
      demandPrice: of(2, 0),
      demandQty: of(10, 5),
      lot: 1,
      tick: 1,
      priceRule: 'last_pair_mid',
      tieRule: 'pro_rata',
    }
    const supply = [0, 1, 2].map((at) => whyShare(book, 'supply', at))
    assert.deepEqual(
      supply.map(({ standing, awarded, cut }) => [standing, awarded, cut]),
      [
        ['better', 5, undefined],
        ['marginal', 5, undefined],
        ['worse', 0, undefined],
      ],
    )
    assert.throws(() => whyShare(book, 'supply', 3), /no step 3 of supply/)
  })

  it('[CLEAR-9] equal fractions go to the earlier step: the example of the comment', () => {
    const book: Book = {
      supplyPrice: of(1, 1, 1),
      supplyQty: of(1, 1, 1),
      demandPrice: of(1),
      demandQty: of(2),
      lot: 1,
      tick: 1,
      priceRule: 'last_pair_mid',
      tieRule: 'pro_rata',
    }
    const cut = {
      rule: 'pro_rata',
      declaredLots: 1,
      tierLots: 3,
      awardedLots: 2,
      wholeLots: 0,
      fraction: 2,
      leftLots: 2,
    }
    const least = { fraction: 2, steps: 3, served: 2 }
    assert.deepEqual(
      [0, 1, 2].map((at) => whyShare(book, 'supply', at).cut),
      [
        { ...cut, least: { ...least, rank: 1 }, extraLot: true },
        { ...cut, least: { ...least, rank: 2 }, extraLot: true },
        { ...cut, least: { ...least, rank: 3 }, extraLot: false },
      ],
    )
  })
})
