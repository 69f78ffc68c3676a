import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  memo,
  useEffect,
  useRef,
  useState,
} from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  /** Numbers stand at the right. */
  readonly align?: 'right'
  /** CSS width; without it the column takes what is left. */
  readonly width?: number | string
  readonly cell: (row: Row, at: number) => ReactNode
}

/** What every table of rows has. */
export interface RowsProps<Row> {
  /** What the table is, for those who hear it. */
  readonly label: string
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
}

interface RowFrameProps<Row> extends RowsProps<Row> {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly count: number
  /** Undefined for a row that is not known yet. */
  readonly rowAt: (at: number) => Row | undefined
  readonly isBusy?: boolean
  /** Told which rows are in sight, not more often than it can be followed. */
  readonly onSight?: (first: number, last: number) => void
}

const ROW_PX = 28
const OVERSCAN = 12
/** Up to here all rows are in the page, so that printing and searching in it find them. */
const WHOLE_MAX = 200
const FREE_MAX = 60
const SIGHT_MS = 80

/** Rows in a frame that scrolls: only those in sight are in the page, however many there are. */
export function RowFrame<Row>(props: RowFrameProps<Row>) {
  const { label, frame, count, rowAt, rowKey, columns, onOpen, openKey, foot, heightMax = 560, isBusy, onSight } = props
  const [active, setActive] = useState(0)
  const isWhole = count <= WHOLE_MAX
  const virtual = useVirtualizer({
    count: isWhole ? 0 : count,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  })
  const inPage = virtual.getVirtualItems()
  const places = isWhole ? Array.from({ length: count }, (_, at) => at) : inPage.map(({ index }) => index)
  const above = inPage[0]?.start ?? 0
  const below = isWhole ? 0 : virtual.getTotalSize() - (inPage.at(-1)?.end ?? 0)
  const sight = isWhole ? { startIndex: 0, endIndex: count - 1 } : virtual.range
  useSight(onSight, sight?.startIndex ?? 0, sight?.endIndex ?? 0)

  const wanted = useWantedFocus(frame)

  const go = (to: number): void => {
    const at = Math.max(0, Math.min(count - 1, to))
    setActive(at)
    if (!isWhole) virtual.scrollToIndex(at)
    wanted.current = at
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = placeOf(event.target)
    if (at === undefined) return
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: count - 1,
      PageDown: at + 15,
      PageUp: at - 15,
    }[event.key]
    const row = rowAt(at)
    if (to !== undefined) go(to)
    else if (event.key === 'Enter' && isRow(event.target) && row !== undefined) onOpen?.(row)
    else return
    event.preventDefault()
  }

  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const at = placeOf(event.target)
    const row = at === undefined ? undefined : rowAt(at)
    if (row !== undefined) onOpen?.(row)
  }

  return (
    <div
      className="dense"
      // Where rows are no choice, the keyboard scrolls the table itself.
      tabIndex={onOpen === undefined ? 0 : undefined}
      ref={frame}
      style={{ maxHeight: count <= FREE_MAX ? undefined : heightMax }}
    >
      <table aria-label={label} aria-rowcount={count + 1} aria-busy={isBusy}>
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
        <tbody {...(onOpen === undefined ? {} : { onClick, onKeyDown })}>
          <Gap px={above} columns={columns.length} />
          {places.map((at) => {
            const row = rowAt(at)
            const key = row === undefined ? `at ${at}` : rowKey(row)
            return (
              <MemoRow
                key={key}
                at={at}
                row={row}
                columns={columns}
                tabIndex={onOpen === undefined ? undefined : at === active ? 0 : -1}
                isOpen={row !== undefined && key === openKey}
              />
            )
          })}
          <Gap px={below} columns={columns.length} />
        </tbody>
        {foot === undefined ? null : <tfoot>{foot}</tfoot>}
      </table>
    </div>
  )
}

interface RowProps<Row> {
  readonly at: number
  /** Undefined while it is not known. */
  readonly row: Row | undefined
  readonly columns: readonly Column<Row>[]
  /** Of a row that is a choice. */
  readonly tabIndex: number | undefined
  readonly isOpen: boolean
}

function OneRow<Row>({ at, row, columns, tabIndex, isOpen }: RowProps<Row>) {
  return (
    <tr data-row={at} aria-rowindex={at + 2} data-unread={row === undefined} data-open={isOpen} tabIndex={tabIndex}>
      {columns.map(({ key, align, cell }) => (
        <td key={key} data-align={align}>
          {row === undefined ? null : cell(row, at)}
        </td>
      ))}
    </tr>
  )
}

/** While one scrolls, rows that stay in the page are not drawn anew. */
const MemoRow = memo(OneRow) as typeof OneRow

const isRow = (target: EventTarget): boolean => target instanceof HTMLTableRowElement

/** Which row of the table something stands in; undefined outside of the rows. */
function placeOf(target: EventTarget): number | undefined {
  const at = target instanceof Element ? target.closest<HTMLElement>('tr[data-row]')?.dataset['row'] : undefined
  return at === undefined ? undefined : Number(at)
}

/** Tells what is in sight while one scrolls, and what was in the end. */
function useSight(tell: ((first: number, last: number) => void) | undefined, first: number, last: number): void {
  const seen = useRef({ first, last, tell })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    seen.current = { first, last, tell }
    if (tell === undefined) return
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      seen.current.tell?.(seen.current.first, seen.current.last)
    }, SIGHT_MS)
  }, [tell, first, last])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}

/** Focuses the row that is wanted as soon as it is in the page, and again when it has been read, since it is another element then. */
function useWantedFocus(frame: RefObject<HTMLDivElement | null>): RefObject<number | undefined> {
  const wanted = useRef<number>(undefined)
  useEffect(() => {
    const row = frame.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`)
    if (wanted.current === undefined || row === null || row === undefined) return
    const { activeElement } = document
    if (activeElement === document.body || frame.current?.contains(activeElement) === true) row.focus()
    if (row.dataset['unread'] !== 'true') wanted.current = undefined
  })
  return wanted
}

/** Stands for the rows that are out of sight. */
function Gap({ px, columns }: { readonly px: number; readonly columns: number }) {
  return px <= 0 ? null : (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  )
}
