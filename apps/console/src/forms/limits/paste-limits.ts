import { readCells } from '../../ui/grid/clipboard.ts'
import { plainNumber } from '../plain-number.ts'
import { readLimits } from './limits-draft.ts'

/** One line of what was pasted. */
export interface PastedLine {
  readonly line: number
  readonly unit: string
  readonly texts: readonly string[]
  /** Why it cannot be used. */
  readonly fault?: 'unknown' | 'twice' | 'count' | 'number'
}

/**
 * A table from a spreadsheet: a unit's id, then its limit in each period, or one that holds in all; a line that begins with no
 * unit is a head when it is the first. Separators of thousands are taken out; a decimal comma is none.
 */
export function readPasted(text: string, periods: number, units: ReadonlySet<string>): readonly PastedLine[] {
  const seen = new Set<string>()
  return readCells(text).flatMap((cells, at): PastedLine[] => {
    const [unit = '', ...values] = cells
    if (cells.every((cell) => cell === '')) return []
    if (at === 0 && !units.has(unit)) return []
    const typed = values.filter((value, column) => value !== '' || column < periods).map(plainNumber)
    const texts = typed.length === 1 ? Array.from({ length: periods }, () => typed[0] as string) : typed
    const line = { line: at + 1, unit, texts }
    if (!units.has(unit)) return [{ ...line, fault: 'unknown' }]
    if (seen.has(unit)) return [{ ...line, fault: 'twice' }]
    seen.add(unit)
    if (texts.length !== periods) return [{ ...line, fault: 'count' }]
    return [readLimits(texts).faults.length > 0 ? { ...line, fault: 'number' } : line]
  })
}
