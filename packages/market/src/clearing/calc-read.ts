import { type Book, PRICE_MAGNITUDE_MAX, PRICE_RULES, type PriceRule, TIE_RULES } from './book.ts'
import { type CalcRefusal, isRefusal, refuse } from './calc-refusal.ts'
import { readSide, type Side, type Terms } from './calc-side.ts'
import {
  AS_K,
  AS_PRICE,
  AS_QTY,
  byCodeUnit,
  type Fields,
  given,
  isFields,
  type Notes,
  noteUnknown,
  readChoice,
  readNumber,
  readPositive,
} from './calc-values.ts'

export interface CalcReading {
  readonly book: Book
  readonly supply: Side
  readonly demand: Side
  readonly normalised: number
  /** Names of fields that had no part in the calculation, in code unit order. */
  readonly ignored: readonly string[]
}

const BOOK_FIELDS = ['price_rule', 'k', 'tie_rule', 'lot', 'tick', 'limits', 'supply', 'demand']

/** Reads the file form of a book into the arrays clearing works on. Refuses at the first field at fault, in this order. */
export function readBook(input: unknown): CalcReading | CalcRefusal {
  if (!isFields(input)) return refuse('', 'notAnObject')
  const notes: Notes = { normalised: 0, ignored: new Set() }
  noteUnknown(input, BOOK_FIELDS, '', notes)
  const priceRule = readChoice(given(input, 'price_rule'), 'price_rule', PRICE_RULES)
  if (isRefusal(priceRule)) return priceRule
  const kPpm = readK(input, priceRule, notes)
  if (isRefusal(kPpm)) return kPpm
  const tieRule = readChoice(given(input, 'tie_rule'), 'tie_rule', TIE_RULES)
  if (isRefusal(tieRule)) return tieRule
  const lot = readPositive(given(input, 'lot'), 'lot', AS_QTY, notes)
  if (isRefusal(lot)) return lot
  const tick = readPositive(given(input, 'tick'), 'tick', AS_PRICE, notes)
  if (isRefusal(tick)) return tick
  const limits = readLimits(given(input, 'limits'), notes)
  if (isRefusal(limits)) return limits
  const terms: Terms = { lot, ...limits }
  const supply = readSide(input, 'supply', terms, notes)
  if (isRefusal(supply)) return supply
  const demand = readSide(input, 'demand', terms, notes)
  if (isRefusal(demand)) return demand

  const book: Book = {
    supplyPrice: supply.price,
    supplyQty: supply.qty,
    demandPrice: demand.price,
    demandQty: demand.qty,
    ...terms,
    tick,
    priceRule,
    tieRule,
    ...(kPpm === undefined ? {} : { kPpm }),
  }
  return { book, supply, demand, normalised: notes.normalised, ignored: [...notes.ignored].sort(byCodeUnit) }
}

/** Undefined when the price rule has no use for k. */
function readK(book: Fields, priceRule: PriceRule, notes: Notes): number | undefined | CalcRefusal {
  const raw = given(book, 'k')
  if (raw === undefined && priceRule !== 'k') return undefined
  const kPpm = readNumber(raw, 'k', AS_K, notes)
  if (isRefusal(kPpm)) return kPpm
  if (kPpm < 0 || kPpm > 1_000_000) return refuse('k', 'outsideZeroToOne')
  if (priceRule === 'k') return kPpm
  notes.ignored.add('k')
  return undefined
}

function readLimits(raw: unknown, notes: Notes): { floor?: number; cap?: number } | CalcRefusal {
  if (raw === undefined) return {}
  if (!isFields(raw)) return refuse('limits', 'notAnObject')
  noteUnknown(raw, ['floor', 'cap'], 'limits.', notes)
  const floor = readLimit(given(raw, 'floor'), 'limits.floor', notes)
  if (isRefusal(floor)) return floor
  const cap = readLimit(given(raw, 'cap'), 'limits.cap', notes)
  if (isRefusal(cap)) return cap
  if (floor !== undefined && cap !== undefined && floor > cap) return refuse('limits.floor', 'aboveCap')
  return { ...(floor === undefined ? {} : { floor }), ...(cap === undefined ? {} : { cap }) }
}

function readLimit(raw: unknown, field: string, notes: Notes): number | undefined | CalcRefusal {
  if (raw === undefined) return undefined
  const price = readNumber(raw, field, AS_PRICE, notes)
  return typeof price === 'number' && Math.abs(price) > PRICE_MAGNITUDE_MAX ? refuse(field, 'outOfRange') : price
}
