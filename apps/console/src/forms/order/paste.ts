import { HOURS_IN_DAY, parseHourLabel } from '@dujiang/core/time'
import { type DecimalReason, parseEnergy, parsePrice } from '@dujiang/core/units'
import type { EnergyShown } from '../../preferences/preferences.ts'
import type { Cells } from '../../ui/grid/clipboard.ts'
import { plainNumber } from '../plain-number.ts'
import { type Draft, isVolume } from './draft.ts'
import { type Columns, columnsOf, inOrder, stepNamed } from './paste-columns.ts'

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
  /** What stands first in rows that name no period where most do, such as 合计: they are left out. */
  readonly leftOut: readonly string[]
  /** Rows of a period that had one before: their steps come after those, in order. */
  readonly further: number
  /** Cells that fall outside the ladder, and are left out. */
  readonly outside: number
  /** Names of columns that are of no step, and are left out. */
  readonly others: readonly string[]
  /** Columns of which it cannot be said what they are: then nothing is taken. */
  readonly unclear: readonly string[]
}

type Place = Pick<PastedCell, 'row' | 'column'>

/** A row of the block, and where in the ladder it begins. */
interface PlacedLine extends Place {
  readonly cells: readonly string[]
}

/** Reads a block from a spreadsheet that is pasted at a cell of the ladder: names of columns, periods and steps are recognised. */
export function readBlock(block: Cells, draft: Draft, at: Place): Pasted {
  const firstOther = block.findIndex((line) => !isHead(line))
  const heads = firstOther === -1 ? block.length : firstOther
  const body = block.slice(heads)
  const columns = columnsOf(block.slice(0, heads), body)
  const { placed, ...said } = columns === undefined ? inRows(body, draft, at) : byNames(body, columns, draft, at)
  // Further steps of a period stand where the rows before had nothing.
  const cells = new Map<string, PastedCell>()
  let outside = 0
  for (const line of placed) {
    for (const [right, from] of line.cells.entries()) {
      const place = { row: line.row, column: line.column + right }
      if (place.row < draft.periods && place.column < draft.steps * 2)
        cells.set(placeOf(place), readCell(from, place.row, place.column, draft.energy))
      else if (from !== '') outside++
    }
  }
  return { ...said, cells: withoutZeroSteps([...cells.values()]), heads, others: columns?.others ?? [], outside }
}

type Placed = Omit<Pasted, 'cells' | 'heads' | 'others' | 'outside'> & { readonly placed: readonly PlacedLine[] }

/** Rows whose columns have names, in whatever order they stand. */
function byNames(body: Cells, columns: Columns, draft: Draft, at: Place): Placed {
  const nothing = (unclear: readonly string[]): Placed => ({ ...inRows([], draft, at), unclear })
  if (columns.unclear.length > 0) return nothing(columns.unclear)
  const { period, step } = columns
  const lines = body.map((line) => inOrder(line, columns))
  if (step !== undefined) {
    const spread = period === undefined ? [] : withPeriods(lines)
    const steps = body.map((line) => line[step.column] ?? '')
    return draft.periods === HOURS_IN_DAY && isLabelled(spread) ? byStep(spread, steps) : nothing([step.name])
  }
  // What is called a period and is none, such as a bare hour, goes into no cell.
  return inRows(period === undefined || isLabelled(lines) ? lines : lines.map((line) => line.slice(1)), draft, at)
}

/** Rows as they follow each other, or each at the period it names. */
function inRows(lines: Cells, draft: Draft, at: Place): Placed {
  if (draft.periods === HOURS_IN_DAY && isLabelled(lines)) return byPeriod(lines)
  const placed = lines.map((cells, down) => ({ row: at.row + down, column: at.column, cells }))
  return { placed, labelled: false, leftOut: [], further: 0, unclear: [] }
}

/** Most rows name a period; a sum below them names none. */
function isLabelled(lines: Cells): boolean {
  const full = lines.filter((line) => !isBlank(line))
  return full.filter(([first]) => periodOf(first) !== undefined).length * 2 > full.length
}

/** Each row at the period it names, behind the steps of the rows before that name the same. */
function byPeriod(lines: Cells): Placed {
  const placed: PlacedLine[] = []
  const leftOut: string[] = []
  const stepsBefore = new Map<number, number>()
  let further = 0
  for (const line of lines) {
    if (isBlank(line)) continue
    const [first = '', ...cells] = line
    const period = periodOf(first)
    if (period === undefined) {
      leftOut.push(first)
      continue
    }
    const before = stepsBefore.get(period)
    if (before !== undefined) further++
    placed.push({ row: period - 1, column: (before ?? 0) * 2, cells })
    stepsBefore.set(period, (before ?? 0) + stepsIn(cells))
  }
  return { placed, labelled: true, leftOut, further, unclear: [] }
}

/** Each row at the period and the step it names; a step that comes again is left out. */
function byStep(lines: Cells, steps: readonly string[]): Placed {
  const placed = new Map<string, PlacedLine>()
  const leftOut: string[] = []
  for (const [at, [first = '', ...cells]] of lines.entries()) {
    const named = steps[at] ?? ''
    if (isBlank(cells) && named === '') continue
    const [period, step] = [periodOf(first), stepNamed(named)]
    const name = `${first} ${named}`.trim()
    if (period === undefined || step === undefined || placed.has(`${period}-${step}`)) leftOut.push(name)
    else placed.set(`${period}-${step}`, { row: period - 1, column: (step - 1) * 2, cells })
  }
  return { placed: [...placed.values()], labelled: true, leftOut, further: 0, unclear: [] }
}

/** A period that spans several rows is written in the first of them. */
function withPeriods(lines: Cells): Cells {
  let last = ''
  return lines.map(([first = '', ...cells]) => {
    if (first !== '') last = first
    return [last, ...cells]
  })
}

/** How many steps a row has: zeros at its end are none. */
const stepsIn = (cells: readonly string[]): number =>
  Math.ceil((cells.findLastIndex((cell) => !isZero(plainNumber(cell))) + 1) / 2)

function readCell(from: string, row: number, column: number, energy: EnergyShown): PastedCell {
  const text = plainNumber(from)
  const place = { row, column, text, from }
  if (text === '') return { ...place, state: 'good' }
  const read = isVolume(column) ? parseEnergy(text, energy) : parsePrice(text, '元/MWh', { negative: true })
  if (!read.ok) return { ...place, state: 'bad', reason: read.reason }
  return { ...place, state: text === from ? 'good' : 'changed' }
}

const isNumberLike = (cell: string): boolean => /^-?[\d,]*\.?\d+$/.test(plainNumber(cell))

/** Names without a number: the head of a table. An empty line is a period without steps. */
const isHead = (line: readonly string[]): boolean =>
  !line.some(isNumberLike) && line.some((cell) => cell !== '' && periodOf(cell) === undefined)

/** The period a cell names. A bare 01:00 may be a beginning or an end, and is not guessed. */
function periodOf(cell: string | undefined): number | undefined {
  const label = parseHourLabel(plainNumber(cell ?? '').replaceAll('~', '-'))
  return label.ok ? label.value : undefined
}

const isBlank = (line: readonly string[]): boolean => line.every((cell) => cell === '')

/** Nothing, or a zero in any number of digits. */
const isZero = (text: string): boolean => /^0?(\.0*)?$/.test(text)

/** Spreadsheets write 0 where there is no step. */
function withoutZeroSteps(cells: readonly PastedCell[]): readonly PastedCell[] {
  const volumes = new Map(cells.filter(({ column }) => isVolume(column)).map((cell) => [placeOf(cell), cell]))
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

const placeOf = ({ row, column }: Place): string => `${row}-${column}`
