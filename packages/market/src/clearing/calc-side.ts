import { PRICE_MAGNITUDE_MAX } from './book.ts'
import { type CalcRefusal, isRefusal, refuse } from './calc-refusal.ts'
import {
  AS_PRICE,
  AS_QTY,
  type Fields,
  given,
  isFields,
  type Notes,
  noteUnknown,
  readNumber,
  readPositive,
} from './calc-values.ts'

/** More than a province has by far; it bounds what one calculation may cost. */
const CALC_STEPS_MAX = 2_000_000
const ID_LENGTH_MAX = 1_000

export interface Terms {
  readonly lot: number
  readonly floor?: number
  readonly cap?: number
}

/** The orders of one side: order `i` owns the steps from `firstStep[i]` up to the next order's first. */
export interface Side {
  readonly ids: readonly string[]
  readonly firstStep: readonly number[]
  readonly price: Float64Array
  readonly qty: Float64Array
}

interface Filling {
  readonly side: 'supply' | 'demand'
  readonly terms: Terms
  readonly notes: Notes
  readonly ids: Set<string>
  readonly firstStep: number[]
  readonly price: number[]
  readonly qty: number[]
  total: number
}

/** Reads `book[side]` (CALC-5 to CALC-8), its orders in the order of time. */
export function readSide(book: Fields, side: 'supply' | 'demand', terms: Terms, notes: Notes): Side | CalcRefusal {
  const orders = given(book, side)
  if (orders === undefined) return refuse(side, 'missing')
  if (!Array.isArray(orders)) return refuse(side, 'notAnArray')
  const filling: Filling = { side, terms, notes, ids: new Set(), firstStep: [], price: [], qty: [], total: 0 }
  for (let i = 0; i < orders.length; i++) {
    const refusal = readOrder(orders[i], `${side}[${i}]`, filling)
    if (refusal !== undefined) return refusal
  }
  return {
    // A Set keeps the order of insertion, which here is the order of the array.
    ids: [...filling.ids],
    firstStep: filling.firstStep,
    price: Float64Array.from(filling.price),
    qty: Float64Array.from(filling.qty),
  }
}

function readOrder(order: unknown, at: string, filling: Filling): CalcRefusal | undefined {
  if (!isFields(order)) return refuse(at, 'notAnObject')
  const id = given(order, 'id')
  if (id === undefined) return refuse(`${at}.id`, 'missing')
  if (typeof id !== 'string') return refuse(`${at}.id`, 'notText')
  if (id.length > ID_LENGTH_MAX) return refuse(`${at}.id`, 'tooLong', { lengthMax: ID_LENGTH_MAX })
  if (filling.ids.has(id)) return refuse(`${at}.id`, 'duplicateId', { id })
  filling.ids.add(id)
  filling.firstStep.push(filling.price.length)

  if (!Object.hasOwn(order, 'steps')) {
    noteUnknown(order, ['id', 'price', 'qty'], `${filling.side}[].`, filling.notes)
    return readStep(order, at, filling)
  }
  noteUnknown(order, ['id', 'price', 'qty', 'steps'], `${filling.side}[].`, filling.notes)
  if (Object.hasOwn(order, 'price')) return refuse(`${at}.price`, 'besideSteps')
  if (Object.hasOwn(order, 'qty')) return refuse(`${at}.qty`, 'besideSteps')
  return readSteps(order['steps'], `${at}.steps`, filling)
}

function readSteps(steps: unknown, at: string, filling: Filling): CalcRefusal | undefined {
  if (!Array.isArray(steps)) return refuse(at, 'notAnArray')
  if (steps.length === 0) return refuse(at, 'noSteps')
  const first = filling.price.length
  for (let i = 0; i < steps.length; i++) {
    const step: unknown = steps[i]
    if (!isFields(step)) return refuse(`${at}[${i}]`, 'notAnObject')
    noteUnknown(step, ['price', 'qty'], `${filling.side}[].steps[].`, filling.notes)
    const refusal = readStep(step, `${at}[${i}]`, filling)
    if (refusal !== undefined) return refusal
    if (i > 0 && !isWorse(filling.price[first + i] as number, filling.price[first + i - 1] as number, filling.side)) {
      return refuse(`${at}[${i}].price`, filling.side === 'supply' ? 'supplyMustRise' : 'demandMustFall')
    }
  }
  return undefined
}

function isWorse(price: number, before: number, side: Filling['side']): boolean {
  return side === 'supply' ? price > before : price < before
}

function readStep(step: Fields, at: string, filling: Filling): CalcRefusal | undefined {
  const price = readStepPrice(step, `${at}.price`, filling)
  if (isRefusal(price)) return price
  const field = `${at}.qty`
  const qty = readPositive(given(step, 'qty'), field, AS_QTY, filling.notes)
  if (isRefusal(qty)) return qty
  if (qty % filling.terms.lot !== 0) return refuse(field, 'notInLots')
  filling.total += qty
  if (filling.total > Number.MAX_SAFE_INTEGER) return refuse(field, 'totalOutOfRange')
  if (filling.price.push(price) > CALC_STEPS_MAX) return refuse(at, 'tooManySteps', { stepsMax: CALC_STEPS_MAX })
  filling.qty.push(qty)
  return undefined
}

function readStepPrice(step: Fields, field: string, { side, terms, notes }: Filling): number | CalcRefusal {
  if (Object.hasOwn(step, 'price') && step['price'] === null) {
    const limit = side === 'supply' ? terms.floor : terms.cap
    return limit ?? refuse(field, 'inelasticNeedsLimit', { limit: side === 'supply' ? 'limits.floor' : 'limits.cap' })
  }
  const price = readNumber(given(step, 'price'), field, AS_PRICE, notes)
  if (isRefusal(price)) return price
  if (Math.abs(price) > PRICE_MAGNITUDE_MAX) return refuse(field, 'outOfRange')
  if (terms.floor !== undefined && price < terms.floor) return refuse(field, 'belowFloor')
  if (terms.cap !== undefined && price > terms.cap) return refuse(field, 'aboveCap')
  return price
}
