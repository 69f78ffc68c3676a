import { HOURS_IN_DAY, parseHourLabel } from '@dujiang/core/time'
import { type DecimalReason, parseEnergy, parsePrice } from '@dujiang/core/units'
import type { EnergyShown } from '../../preferences/preferences.ts'
import type { Cells } from '../../ui/grid/clipboard.ts'
import { type Draft, isVolume } from './draft.ts'

/** One cell of a pasted block, and where in the ladder it goes. */
export interface PastedCell {
  readonly row: number
  readonly column: number
  readonly text: string
  /** As it stood in the block. */
  readonly from: string
  /** `changed`: it was written for reading, such as 1,234.5, and is understood. */
  readonly state: 'good' | 'changed' | 'bad'
  readonly reason?: DecimalReason
}

export interface Pasted {
  readonly cells: readonly PastedCell[]
  /** Rows of names above the numbers, which are left out. */
  readonly heads: number
  /** The block names its periods: each row goes to the one it names. */
  readonly labelled: boolean
  /** Cells that fall outside the ladder, and are left out. */
  readonly outside: number
}

/** Reads a block from a spreadsheet that is pasted at a cell of the ladder: names of columns and periods are recognised. */
export function readBlock(block: Cells, draft: Draft, at: { readonly row: number; readonly column: number }): Pasted {
  const firstOther = block.findIndex((line) => !isHead(line))
  const heads = firstOther === -1 ? block.length : firstOther
  const lines = block.slice(heads)
  const labelled = draft.periods === HOURS_IN_DAY && lines.every(([first]) => periodOf(first) !== undefined)
  const cells: PastedCell[] = []
  let outside = 0
  for (const [down, line] of lines.entries()) {
    const row = labelled ? (periodOf(line[0]) as number) - 1 : at.row + down
    for (const [right, from] of (labelled ? line.slice(1) : line).entries()) {
      const column = (labelled ? 0 : at.column) + right
      if (row < draft.periods && column < draft.steps * 2) cells.push(readCell(from, row, column, draft.energy))
      else if (from !== '') outside++
    }
  }
  return { cells: withoutZeroSteps(cells), heads, labelled, outside }
}

function readCell(from: string, row: number, column: number, energy: EnergyShown): PastedCell {
  const text = plain(from)
  const place = { row, column, text, from }
  if (text === '') return { ...place, state: 'good' }
  const read = isVolume(column) ? parseEnergy(text, energy) : parsePrice(text, '元/MWh', { negative: true })
  if (!read.ok) return { ...place, state: 'bad', reason: read.reason }
  return { ...place, state: text === from ? 'good' : 'changed' }
}

/** What people and spreadsheets write for reading, as the parser wants it. It guesses nothing: only separators and widths go. */
function plain(from: string): string {
  const narrow = from
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\s/g, '')
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(narrow) ? narrow.replaceAll(',', '') : narrow
}

const isNumberLike = (cell: string): boolean => /^-?[\d,]*\.?\d+$/.test(plain(cell))

/** Names without a number: the head of a table. An empty line is a period without steps. */
const isHead = (line: readonly string[]): boolean =>
  !line.some(isNumberLike) && line.some((cell) => cell !== '' && periodOf(cell) === undefined)

/** The period a cell names. A bare 01:00 may be a beginning or an end, and is not guessed. */
function periodOf(cell: string | undefined): number | undefined {
  const label = parseHourLabel(plain(cell ?? '').replaceAll('~', '-'))
  return label.ok ? label.value : undefined
}

/** Spreadsheets write 0 where there is no step. */
function withoutZeroSteps(cells: readonly PastedCell[]): readonly PastedCell[] {
  const volumes = new Map(cells.filter(({ column }) => isVolume(column)).map((cell) => [placeOf(cell), cell]))
  const isZero = (text: string): boolean => /^0?(\.0*)?$/.test(text)
  return cells.map((cell) => {
    const volume = isVolume(cell.column) ? cell : volumes.get(placeOf({ ...cell, column: cell.column + 1 }))
    if (volume === undefined || !isZero(volume.text)) return cell
    if (isVolume(cell.column)) {
      const price = cells.find(({ row, column }) => row === cell.row && column === cell.column - 1)
      return price === undefined || isZero(price.text) ? { ...cell, text: '', state: 'good' } : cell
    }
    return isZero(cell.text) ? { ...cell, text: '', state: 'good' } : cell
  })
}

const placeOf = ({ row, column }: { readonly row: number; readonly column: number }): string => `${row}-${column}`
