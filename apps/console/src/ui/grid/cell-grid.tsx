import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useRef } from 'react'
import { type Cells, readCells } from './clipboard.ts'

export interface Edit {
  readonly row: number
  readonly column: number
  readonly text: string
}

export interface CellMark {
  readonly level: 'bad' | 'warn'
  /** Why, in a sentence. */
  readonly text: string
}

export interface GridColumn {
  readonly key: string
  /** Short name, for those who hear the cell: "step 1 price". */
  readonly label: string
  readonly head: ReactNode
  /** A line before it: where a group of columns begins. */
  readonly begins?: boolean
}

interface CellGridProps {
  readonly label: string
  readonly rowHeads: readonly string[]
  readonly columns: readonly GridColumn[]
  /** By row, then column: texts as typed. */
  readonly texts: readonly (readonly string[])[]
  readonly onEdit: (edits: readonly Edit[]) => void
  /** A block pasted over one cell; without it the block is written cell by cell. */
  readonly onPaste?: (cells: Cells, at: { readonly row: number; readonly column: number }) => void
  readonly markOf?: (row: number, column: number) => CellMark | undefined
  /** What stands at the right of each row, such as the room left. */
  readonly tail?: { readonly head: ReactNode; readonly cell: (row: number) => ReactNode }
  readonly readOnly?: boolean
  /** How a cell stands in its column while it is not being typed in, such as with points that align. */
  readonly shownOf?: (column: number, text: string) => string
}

/** A grid of numbers to type, as in a spreadsheet: arrows and Enter move, a block is pasted as a whole. */
export function CellGrid(props: CellGridProps) {
  const { label, rowHeads, columns, texts, onEdit, onPaste, markOf, tail, readOnly = false, shownOf } = props
  const frame = useRef<HTMLTableElement>(null)

  const focus = (row: number, column: number): void => {
    const input = frame.current?.querySelector<HTMLInputElement>(`[data-cell="${row}-${column}"]`)
    input?.focus()
    input?.select()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number): void => {
    const { selectionStart, selectionEnd, value } = event.currentTarget
    const atStart = selectionEnd === 0 || (selectionStart === 0 && selectionEnd === value.length)
    const atEnd = selectionStart === value.length || (selectionStart === 0 && selectionEnd === value.length)
    if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey)) focus(row + 1, column)
    else if (event.key === 'ArrowUp' || event.key === 'Enter') focus(row - 1, column)
    else if (event.key === 'ArrowLeft' && atStart) focus(row, column - 1)
    else if (event.key === 'ArrowRight' && atEnd) focus(row, column + 1)
    else return
    event.preventDefault()
  }
  const paste = (event: ClipboardEvent, row: number, column: number): void => {
    const cells = readCells(event.clipboardData.getData('text/plain'))
    if (cells.length === 1 && cells[0]?.length === 1) return
    event.preventDefault()
    if (onPaste !== undefined) return onPaste(cells, { row, column })
    onEdit(
      cells.flatMap((line, down) => line.map((text, right) => ({ row: row + down, column: column + right, text }))),
    )
  }

  return (
    <div className="cells">
      <table ref={frame} aria-label={label}>
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
        <tbody>
          {rowHeads.map((head, row) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              {columns.map(({ key, label: columnLabel, begins }, column) => {
                const mark = markOf?.(row, column)
                const text = texts[row]?.[column] ?? ''
                const shown = shownOf?.(column, text) ?? text
                return (
                  <td
                    key={key}
                    data-begins={begins}
                    data-mark={mark?.level}
                    data-shown={shown === text ? undefined : shown}
                    title={mark?.text}
                  >
                    <input
                      data-cell={`${row}-${column}`}
                      aria-label={`${head} ${columnLabel}`}
                      aria-invalid={mark?.level === 'bad'}
                      aria-description={mark?.text}
                      inputMode="decimal"
                      autoComplete="off"
                      spellCheck={false}
                      readOnly={readOnly}
                      value={text}
                      onChange={(event) => onEdit([{ row, column, text: event.target.value }])}
                      onKeyDown={(event) => onKeyDown(event, row, column)}
                      onPaste={(event) => paste(event, row, column)}
                    />
                  </td>
                )
              })}
              {tail === undefined ? null : <td className="cells-tail">{tail.cell(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
