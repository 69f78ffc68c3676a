import { type Book, clearBook } from '@dujiang/market'

export interface ClearingRow {
  readonly book: string
  readonly steps: number
  readonly clearMs: number
  /** `Float64Array.prototype.sort` of the same steps, price and position packed into one number. */
  readonly sortMs: number
  /** The bar is 3. */
  readonly ratio: number
}

const SIZES = [
  { steps: 10_000, runs: 41 },
  { steps: 100_000, runs: 15 },
  { steps: 1_000_000, runs: 7 },
] as const
const WARM_UP_RUNS = 5

/** How prices (in 0.01 yuan/MWh) and quantities (in lots) are drawn, from the ordinary book to the hardest tie. */
const KINDS = [
  { name: 'prices spread over the limits', priceSteps: 48_144, lotsMax: 1_000, lotWh: 100_000 },
  { name: 'fifty prices', priceSteps: 50, lotsMax: 1_000, lotWh: 100_000 },
  { name: 'one price, all of it a tie', priceSteps: 1, lotsMax: 1_000, lotWh: 100_000 },
  { name: 'one price, shared to the Wh', priceSteps: 1, lotsMax: 1_000_000_000, lotWh: 1 },
] as const

/**
 * Clearing, its output arrays included, beside the sort of the same steps: medians of runs that alternate, so that a busy
 * machine slows both. Half of the steps are supply; ties are shared pro rata, the slower rule.
 */
export function benchClearing(): ClearingRow[] {
  return KINDS.flatMap((kind) =>
    SIZES.map(({ steps, runs }) => {
      const book = drawBook(steps, kind)
      const keys = packedKeys(book)
      const clearMs: number[] = []
      const sortMs: number[] = []
      for (let run = 0; run < WARM_UP_RUNS + runs; run++) {
        clearMs.push(millisecondsOf(() => clearBook(book)))
        const unsorted = keys.slice()
        sortMs.push(millisecondsOf(() => unsorted.sort()))
      }
      const clear = median(clearMs.slice(WARM_UP_RUNS))
      const sort = median(sortMs.slice(WARM_UP_RUNS))
      return { book: kind.name, steps, clearMs: clear, sortMs: sort, ratio: clear / sort }
    }),
  )
}

function drawBook(steps: number, kind: (typeof KINDS)[number]): Book {
  const draw = sequence(7)
  const perSide = steps / 2
  const prices = () => Float64Array.from({ length: perSide }, () => draw(kind.priceSteps) * 1_000)
  const quantities = () => Float64Array.from({ length: perSide }, () => (1 + draw(kind.lotsMax)) * kind.lotWh)
  return {
    supplyPrice: prices(),
    supplyQty: quantities(),
    demandPrice: prices(),
    demandQty: quantities(),
    lot: kind.lotWh,
    tick: 1_000,
    priceRule: 'last_pair_mid',
    tieRule: 'pro_rata',
    floor: 0,
    cap: 48_144_000,
  }
}

function packedKeys(book: Book): Float64Array {
  const supplySteps = book.supplyPrice.length
  const steps = supplySteps + book.demandPrice.length
  const room = 2 ** Math.ceil(Math.log2(steps))
  return Float64Array.from({ length: steps }, (_, i) => {
    const price = i < supplySteps ? book.supplyPrice[i] : book.demandPrice[i - supplySteps]
    return (price as number) * room + i
  })
}

/** The same numbers on every run: a linear congruential generator, of whose state the high bits are used. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function millisecondsOf(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}

if (import.meta.main) console.table(benchClearing())
