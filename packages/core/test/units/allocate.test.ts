import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { allocate, allocateLots } from '../../src/units/index.ts'

const add = (list: readonly bigint[]): bigint => list.reduce((sum, item) => sum + item, 0n)

const weightsOf = (max: bigint) =>
  fc.array(fc.bigInt({ min: 0n, max }), { minLength: 1, maxLength: 9 }).filter((weights) => add(weights) > 0n)
const anyWeights = fc.oneof(weightsOf(4n), weightsOf(10n ** 12n), weightsOf(2n ** 90n))
const anyTotal = fc.oneof(fc.bigInt({ min: 0n, max: 60n }), fc.bigInt({ min: 0n, max: 2n ** 90n }))

describe('allocate', () => {
  it('[ALLOC-1] [ALLOC-2] sums to the total, each share its quota rounded down or up', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const shares = allocate(total, weights)
        assert.equal(add(shares), total)
        shares.forEach((share, i) => {
          const scaled = share * add(weights)
          const quota = total * (weights[i] ?? 0n)
          assert.ok(scaled > quota - add(weights) && scaled < quota + add(weights))
        })
      }),
    )
  })

  it('[ALLOC-3] leaves nobody rounded down who had a larger remainder, or the same one earlier, than one rounded up', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, fc.boolean(), (total, weights, ranked) => {
        const ranks = weights.map((_, i) => (ranked ? (i * 7) % 3 : 0))
        const shares = allocate(total, weights, ranks)
        const parts = weights.map((weight, i) => ({
          remainder: (total * weight) % add(weights),
          isUp: (shares[i] ?? 0n) * add(weights) > total * weight,
          rank: ranks[i] ?? 0,
          i,
        }))
        for (const up of parts.filter((part) => part.isUp)) {
          for (const down of parts.filter((part) => !part.isUp)) {
            const goesFirst =
              up.remainder > down.remainder ||
              (up.remainder === down.remainder && (up.rank < down.rank || (up.rank === down.rank && up.i < down.i)))
            assert.ok(goesFirst)
          }
        }
      }),
    )
  })

  it('[ALLOC-3] breaks ties by rank before position', () => {
    assert.deepEqual(allocate(2, [1, 1, 1]), [1n, 1n, 0n])
    assert.deepEqual(allocate(2, [1, 1, 1], [3, 1, 2]), [0n, 1n, 1n])
    assert.deepEqual(allocate(2, [1, 1, 1], [5, 5, 1]), [1n, 0n, 1n])
  })

  it('[ALLOC-4] reverses a split to the unit', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        assert.deepEqual(
          allocate(-total, weights),
          allocate(total, weights).map((share) => -share),
        )
      }),
    )
  })

  it('[ALLOC-1] [ALLOC-6] with a lot still sums, and exceeds no weight while the weights suffice', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, fc.bigInt({ min: 1n, max: 50n }), (total, weights, lot) => {
        const shares = allocateLots(total, weights, lot)
        assert.equal(add(shares), total)
        shares.forEach((share, i) => {
          assert.ok(share >= 0n)
          if (total <= add(weights)) assert.ok(share <= (weights[i] ?? 0n))
          if (weights[i] === 0n) assert.equal(share, 0n)
        })
      }),
    )
  })

  it('[ALLOC-5] gives whole lots out of whole lots, the same as splitting the count of lots', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, fc.bigInt({ min: 1n, max: 10n ** 6n }), (total, weights, lot) => {
        const inLots = allocateLots(
          total * lot,
          weights.map((weight) => weight * lot),
          lot,
        )
        assert.deepEqual(
          inLots,
          allocate(total, weights).map((share) => share * lot),
        )
      }),
    )
  })

  it('[ALLOC-5] breaks one lot at most when only the total is not whole lots', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, fc.bigInt({ min: 2n, max: 10n ** 6n }), (total, weights, lot) => {
        const shares = allocateLots(
          total,
          weights.map((weight) => weight * lot),
          lot,
        )
        assert.equal(shares.filter((share) => share % lot !== 0n).length, total % lot === 0n ? 0 : 1)
      }),
    )
  })

  it('[ALLOC-6] passes over a weight no further lot fits, and breaks a lot only when none fits anywhere', () => {
    assert.deepEqual(allocateLots(30, [15, 15], 10), [15n, 15n])
    assert.deepEqual(allocateLots(30, [19, 25], 10), [10n, 20n])
    assert.deepEqual(allocateLots(20, [9, 9, 30], 10), [0n, 0n, 20n])
    assert.deepEqual(allocateLots(40, [9, 9, 9, 9, 40], 10), [0n, 0n, 0n, 0n, 40n])
  })

  it('throws on what cannot be split', () => {
    assert.throws(() => allocate(1, []), RangeError)
    assert.throws(() => allocate(1, [0, 0]), RangeError)
    assert.throws(() => allocate(1, [2, -1]), RangeError)
    assert.throws(() => allocate(0.5, [1]), RangeError)
    assert.throws(() => allocate(1, [1], [1, 2]), RangeError)
    assert.throws(() => allocate(1, [1], [Number.NaN]), RangeError)
    assert.throws(() => allocateLots(1, [1], 0), RangeError)
    assert.deepEqual(allocate(0, []), [])
    assert.deepEqual(allocate(0, [0, 0]), [0n, 0n])
  })

  it('[ALLOC-1] splits 1,000,000.00 yuan over three equal weights to the fen', () => {
    assert.deepEqual(allocate(100_000_000, [1, 1, 1]), [33_333_334n, 33_333_333n, 33_333_333n])
  })

  it('[ALLOC-1] splits the structural-balance fund of 1,200,000.00 yuan over generators and users', () => {
    const weightsWh = [412_350_125_000, 287_649_875_000, 355_000_000_000, 345_000_000_000]
    assert.deepEqual(allocate(120_000_000, weightsWh), [35_344_296n, 24_655_704n, 30_428_571n, 29_571_429n])
  })

  it('[ALLOC-5] splits a listing of 5000 MWh over acceptances of 7000 in lots of 1 MWh', () => {
    const acceptedWh = [3_000_000_000, 2_500_000_000, 1_500_000_000]
    const shares = allocateLots(5_000_000_000, acceptedWh, 1_000_000)
    assert.deepEqual(shares, [2_143_000_000n, 1_786_000_000n, 1_071_000_000n])
  })
})
