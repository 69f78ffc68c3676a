import { benchClearing } from './clearing.ts'
import type { Figure } from './figure.ts'

/** What the design asks: a million steps in three times the sort, and no size worse than n log n from the one before. */
const SORTS_ASKED = 3

export function clearingBar(): readonly Figure[] {
  const rows = benchClearing()
  return rows.flatMap(({ book, steps, clearMs, sortMs }): Figure[] => {
    const bar = `clearing.${book.replaceAll(/[^a-z]+/gi, '-')}.${steps}`
    const figure = { bar, value: clearMs, unit: 'ms', limit: sortMs, note: `the sort; asked: at most ${SORTS_ASKED}` }
    const smaller = rows.find((row) => row.book === book && row.steps * 10 === steps)
    if (smaller === undefined) return [figure]
    const limit = (10 * Math.log(steps)) / Math.log(smaller.steps)
    const growth = clearMs / smaller.clearMs
    return [figure, { bar: `${bar}.growth`, value: growth, unit: 'times', limit, note: 'n log n; asked: at most 1' }]
  })
}
