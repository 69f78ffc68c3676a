import type { Why } from '../../api/why.ts'
import type { CellMark } from '../../ui/grid/cell-grid.tsx'
import { type CellFault, type Draft, isVolume, priceColumn, volumeColumn } from './draft.ts'

/** What the rules say against an order, with their facts: a period and a step where one is meant. */
export type Problem = Pick<Why, 'name' | 'zh' | 'en' | 'facts'>

export interface Marks {
  readonly at: (row: number, column: number) => CellMark | undefined
  /** What is said of no single cell. */
  readonly other: readonly Problem[]
  readonly count: number
}

interface Sayer {
  readonly reason: (reason: CellFault['reason']) => string
  readonly problem: (problem: Problem) => string
}

/** Marks on the ladder: what cannot be read, and what the rules would refuse, each at its cell. */
export function marksOf(draft: Draft, faults: readonly CellFault[], problems: readonly Problem[], say: Sayer): Marks {
  const marks = new Map<string, CellMark>()
  const mark = (row: number, column: number, text: string): void => {
    const key = `${row}-${column}`
    if (!marks.has(key)) marks.set(key, { level: 'bad', text })
  }
  for (const { row, column, reason } of faults) mark(row, column, say.reason(reason))
  const other: Problem[] = []
  for (const problem of problems) {
    const cells = cellsOf(draft, problem)
    for (const [row, column] of cells) mark(row, column, say.problem(problem))
    if (cells.length === 0) other.push(problem)
  }
  return { at: (row, column) => marks.get(`${row}-${column}`), other, count: faults.length + problems.length }
}

/** What is said of a period of which a cell cannot be read is about another order than the one meant. */
export function withoutUnread(faults: readonly CellFault[], problems: readonly Problem[]): readonly Problem[] {
  const rows = new Set(faults.map(({ row }) => row))
  return problems.filter(({ facts: { period } }) => typeof period !== 'number' || !rows.has(period - 1))
}

const OF_VOLUMES = new Set(['offLot', 'overLimit', 'volumeBeyond'])
const OF_PERIODS = new Set(['overLimit', 'tooManySteps', 'bothSides'])

function cellsOf({ texts }: Draft, { name, facts }: Problem): readonly (readonly [row: number, column: number])[] {
  const { period, step } = facts
  if (typeof period !== 'number') return []
  const row = period - 1
  if (typeof step === 'number') return [[row, OF_VOLUMES.has(name) ? volumeColumn(step) : priceColumn(step)]]
  if (!OF_PERIODS.has(name)) return []
  const typed = (texts[row] ?? []).flatMap((text, column) => (isVolume(column) && text !== '' ? [column] : []))
  return typed.map((column) => [row, column])
}
