import { type ReactNode, memo } from 'react'

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

interface CellRowProps {
  readonly row: number
  readonly head: string
  readonly columns: readonly GridColumn[]
  readonly texts: readonly string[]
  readonly marks: readonly (CellMark | undefined)[]
  /** It is only shown: as text, which costs a browser a fraction of so many inputs. */
  readonly readOnly: boolean
  /** The column of the one cell of the grid that Tab comes to, where it stands in this row. */
  readonly stop: number | undefined
  readonly shownOf: ((column: number, text: string) => string) | undefined
}

/** The cells of one row. Of a whole grid only those rows are drawn anew in which something stands otherwise: a key changes one. */
export const CellRow = memo(Cells, isSame)

function Cells({ row, head, columns, texts, marks, readOnly, stop, shownOf }: CellRowProps) {
  return columns.map(({ key, label, begins }, column) => {
    const mark = marks[column]
    const text = texts[column] ?? ''
    const shown = shownOf?.(column, text) ?? text
    const marked = { 'data-begins': begins, 'data-mark': mark?.level, title: mark?.text }
    const place = `${row}-${column}`
    return readOnly ? (
      <td key={key} data-cell={place} {...marked}>
        {shown}
      </td>
    ) : (
      <td key={key} data-shown={shown === text ? undefined : shown} {...marked}>
        <input
          data-cell={place}
          tabIndex={column === stop ? 0 : -1}
          aria-label={`${head} ${label}`}
          aria-invalid={mark?.level === 'bad'}
          aria-description={mark?.text}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={heardByGrid}
        />
      </td>
    )
  })
}

/** React wants every input with a value to be told of a change; the grid is, once for all of its cells. */
const heardByGrid = (): void => {}

function isSame(a: CellRowProps, b: CellRowProps): boolean {
  return (
    a.row === b.row &&
    a.head === b.head &&
    a.readOnly === b.readOnly &&
    a.stop === b.stop &&
    a.shownOf === b.shownOf &&
    areAlike(a.texts, b.texts, Object.is) &&
    areAlike(a.marks, b.marks, (x, y) => x?.level === y?.level && x?.text === y?.text) &&
    areAlike(a.columns, b.columns, (x, y) => x.key === y.key && x.label === y.label && x.begins === y.begins)
  )
}

const areAlike = <T,>(a: readonly T[], b: readonly T[], alike: (x: T, y: T) => boolean): boolean =>
  a === b || (a.length === b.length && a.every((each, at) => alike(each, b[at] as T)))
