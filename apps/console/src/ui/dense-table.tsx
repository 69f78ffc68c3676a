import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type UIEvent, useRef, useState } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  /** Numbers stand at the right. */
  readonly align?: 'right'
  /** CSS width; without it the column takes what is left. */
  readonly width?: number | string
  readonly cell: (row: Row, at: number) => ReactNode
}

interface DenseTableProps<Row> {
  /** What the table is, for those who hear it. */
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly columns: readonly Column<Row>[]
  /** Makes rows a choice: pressed, or Enter on the row that the arrow keys have reached. */
  readonly onOpen?: (row: Row) => void
  /** The row that stands open. */
  readonly openKey?: string
  /** Stands below the rows, such as a sum. */
  readonly foot?: ReactNode
  /** How high it may become before it scrolls in itself. */
  readonly heightMax?: number
  /** The last rows have come in sight: time to read more of them. */
  readonly onEnd?: () => void
}

const ROW_PX = 28
/** So far before the end more is read. */
const AHEAD_PX = 40 * ROW_PX
/** Up to here all rows are in the page, so that printing and searching in it find them. */
const WHOLE_MAX = 200

/** A table for people who read numbers all day. It bears 100,000 rows: only those in sight are in the page. */
export function DenseTable<Row>(props: DenseTableProps<Row>) {
  const { label, rows, rowKey, columns, onOpen, openKey, foot, heightMax = 560, onEnd } = props
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const isWhole = rows.length <= WHOLE_MAX
  const virtual = useVirtualizer({
    count: isWhole ? 0 : rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const inSight = virtual.getVirtualItems()
  const places = isWhole ? rows.map((_, at) => at) : inSight.map(({ index }) => index)
  const above = inSight[0]?.start ?? 0
  const below = isWhole ? 0 : virtual.getTotalSize() - (inSight.at(-1)?.end ?? 0)

  const go = (to: number): void => {
    const at = Math.max(0, Math.min(rows.length - 1, to))
    setActive(at)
    if (!isWhole) virtual.scrollToIndex(at)
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + 15,
      PageUp: at - 15,
    }[event.key]
    if (to !== undefined) go(to)
    else if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(rows[at] as Row)
    else return
    event.preventDefault()
  }

  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>): void => {
    if (scrollHeight - scrollTop - clientHeight < AHEAD_PX) onEnd?.()
  }

  return (
    <div
      className="dense"
      // Where rows are no choice, the keyboard scrolls the table itself.
      tabIndex={onOpen === undefined ? 0 : undefined}
      ref={frame}
      onScroll={onScroll}
      style={{ maxHeight: isWhole && rows.length <= 60 ? undefined : heightMax }}
    >
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={width === undefined ? {} : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" data-align={align}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap px={above} columns={columns.length} />
          {places.map((at) => {
            const row = rows[at] as Row
            const key = rowKey(row)
            const choice =
              onOpen === undefined
                ? {}
                : {
                    tabIndex: at === active ? 0 : -1,
                    onClick: () => onOpen(row),
                    onKeyDown: (event: KeyboardEvent) => onKeyDown(event, at),
                    'data-open': key === openKey,
                  }
            return (
              <tr key={key} data-row={at} aria-rowindex={at + 2} {...choice}>
                {columns.map(({ key: column, align, cell }) => (
                  <td key={column} data-align={align}>
                    {cell(row, at)}
                  </td>
                ))}
              </tr>
            )
          })}
          <Gap px={below} columns={columns.length} />
        </tbody>
        {foot === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </div>
  )
}

/** Stands for the rows that are out of sight. */
function Gap({ px, columns }: { readonly px: number; readonly columns: number }) {
  return px <= 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  )
}
