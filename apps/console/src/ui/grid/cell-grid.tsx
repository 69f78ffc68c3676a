import {
  type ClipboardEvent,
  type FocusEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import { type CellMark, CellRow, type GridColumn } from './cell-row.tsx'
import { type Cells, readCells } from './clipboard.ts'

export type { CellMark, GridColumn } from './cell-row.tsx'

export interface Edit {
  readonly row: number
  readonly column: number
  readonly text: string
}

interface CellGridProps {
  readonly label: string
  readonly rowHeads: readonly string[]
  readonly columns: readonly GridColumn[]
  /** By row, then column: texts as typed. */
  readonly texts: readonly (readonly string[])[]
  /** Without it the grid is only shown. */
  readonly onEdit?: ((edits: readonly Edit[]) => void) | undefined
  /** A block pasted over one cell; without it the block is written cell by cell. */
  readonly onPaste?: ((cells: Cells, at: { readonly row: number; readonly column: number }) => void) | undefined
  readonly markOf?: (row: number, column: number) => CellMark | undefined
  /** What stands at the right of each row, such as the room left. */
  readonly tail?: { readonly head: ReactNode; readonly cell: (row: number) => ReactNode } | undefined
  /** How a cell stands in its column while it is not being typed in, such as with points that align. Keep it by useCallback. */
  readonly shownOf?: (column: number, text: string) => string
}

const NO_TEXTS: readonly string[] = []

/**
 * A grid of numbers to type, as in a spreadsheet: arrows and Enter move, a block is pasted as a whole. Tab comes to the cell that was
 * typed in last and leaves the grid from any, as WAI-ARIA has it: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function CellGrid(props: CellGridProps) {
  const { label, rowHeads, columns, texts, onEdit, onPaste, markOf, tail, shownOf } = props
  const frame = useRef<HTMLTableElement>(null)
  const [left, setLeft] = useState({ row: 0, column: 0 })
  const readOnly = onEdit === undefined
  // The grid may have become smaller since.
  const lastRow = rowHeads.length - 1
  const lastColumn = columns.length - 1
  const stop = { row: Math.min(left.row, lastRow), column: Math.min(left.column, lastColumn) }

  const focus = (row: number, column: number): void => {
    const input = frame.current?.querySelector<HTMLInputElement>(`input[data-cell="${row}-${column}"]`)
    input?.focus()
    input?.select()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const cell = cellAt(event.target)
    if (cell === undefined) return
    const { row, column, input } = cell
    const { selectionStart, selectionEnd, value } = input
    const atStart = selectionEnd === 0 || (selectionStart === 0 && selectionEnd === value.length)
    const atEnd = selectionStart === value.length || (selectionStart === 0 && selectionEnd === value.length)
    if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey)) focus(row + 1, column)
    else if (event.key === 'ArrowUp' || event.key === 'Enter') focus(row - 1, column)
    else if (event.key === 'ArrowLeft' && atStart) focus(row, column - 1)
    else if (event.key === 'ArrowRight' && atEnd) focus(row, column + 1)
    else if (event.key === 'Home' && event.ctrlKey) focus(0, 0)
    else if (event.key === 'End' && event.ctrlKey) focus(lastRow, lastColumn)
    else if (event.key === 'Home' && atStart) focus(row, 0)
    else if (event.key === 'End' && atEnd) focus(row, lastColumn)
    else return
    event.preventDefault()
  }
  const onPasted = (event: ClipboardEvent<HTMLElement>): void => {
    const cell = cellAt(event.target)
    const cells = readCells(event.clipboardData.getData('text/plain'))
    if (cell === undefined || (cells.length === 1 && cells[0]?.length === 1)) return
    event.preventDefault()
    const { row, column } = cell
    if (onPaste !== undefined) return onPaste(cells, { row, column })
    onEdit?.(
      cells.flatMap((line, down) => line.map((text, right) => ({ row: row + down, column: column + right, text }))),
    )
  }
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const cell = cellAt(event.target)
    if (cell !== undefined) setLeft({ row: cell.row, column: cell.column })
  }
  const onChange = (event: FormEvent<HTMLElement>): void => {
    const cell = cellAt(event.target)
    if (cell !== undefined) onEdit?.([{ row: cell.row, column: cell.column, text: cell.input.value }])
  }

  return (
    // Where there is nothing to type in, the keyboard scrolls the grid itself.
    <div className="cells" tabIndex={readOnly ? 0 : undefined}>
      <table ref={frame} role={readOnly ? undefined : 'grid'} aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map(({ key, head, begins }) => (
              <th key={key} scope="col" data-begins={begins}>
                {head}
              </th>
            ))}
            {tail === undefined ? null : <th scope="col">{tail.head}</th>}
          </tr>
        </thead>
        <tbody {...(readOnly ? {} : { onKeyDown, onFocus, onChange, onPaste: onPasted })}>
          {rowHeads.map((head, row) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              <CellRow
                row={row}
                head={head}
                columns={columns}
                texts={texts[row] ?? NO_TEXTS}
                marks={markOf === undefined ? [] : columns.map((_, column) => markOf(row, column))}
                readOnly={readOnly}
                stop={row === stop.row ? stop.column : undefined}
                shownOf={shownOf}
              />
              {tail === undefined ? null : <td className="cells-tail">{tail.cell(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The cell that an event came from. */
function cellAt(target: EventTarget): { row: number; column: number; input: HTMLInputElement } | undefined {
  if (!(target instanceof HTMLInputElement)) return undefined
  const [row, column] = (target.dataset['cell'] ?? '').split('-').map(Number)
  return row === undefined || column === undefined ? undefined : { row, column, input: target }
}
