import { type CalcRefusal, isRefusal, refuse } from './calc-refusal.ts'
import { readBook } from './calc-read.ts'
import { type CalcResult, resultOf } from './calc-result.ts'
import { clearBook } from './clear-book.ts'

/**
 * Clears a book in the form people write it: JSON text, or the value parsed from it. Rules CALC-1 … CALC-9 (SPEC.md).
 * Prices are 元/MWh to 5 decimals, quantities MWh to 6, as numbers or decimal text; the place in the array is the order of
 * time; `"price": null` is inelastic. It refuses with a value and never throws, whatever the text is.
 * @example
 * calcBook({
 *   price_rule: 'last_pair_mid', tie_rule: 'pro_rata', lot: 1, tick: '0.01',
 *   supply: [{ id: 'G1', price: 230, qty: 10 }], demand: [{ id: 'B1', price: 240, qty: 4 }],
 * }) // { volume: '4', price: '235', pair: { supply: '230', demand: '240' }, interval: { low: '230', high: '230' }, … }
 */
export function calcBook(input: unknown): CalcResult | CalcRefusal {
  const value = typeof input === 'string' ? parseJson(input) : input
  if (value === NOT_JSON) return refuse('', 'notJson')
  const reading = readBook(value)
  return isRefusal(reading) ? reading : resultOf(reading, clearBook(reading.book))
}

const NOT_JSON = Symbol('not JSON')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return NOT_JSON
    throw error
  }
}
