import type { PeriodRoom, Session } from '@dujiang/market'
import { memo, useCallback, useMemo } from 'react'
import { useWords } from '../../i18n/words.ts'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { CellGrid, type GridColumn } from '../../ui/grid/cell-grid.tsx'
import type { Cells } from '../../ui/grid/clipboard.ts'
import { periodLabel } from '../../ui/period.tsx'
import { alignedPrice, alignedVolume, decimalsOf, decimalsOfLot } from './aligned.ts'
import { type Draft, type Offered, edited, isVolume } from './draft.ts'
import type { Marks } from './marks.ts'
import { offeredWh } from './offered.ts'
import { orderWords } from './order-words.ts'

interface OrderLadderProps {
  readonly session: Session
  readonly draft: Draft
  readonly marks: Marks
  /** By period; without it no room is shown. */
  readonly rooms?: readonly PeriodRoom[] | undefined
  /** What is typed, to be taken off the room. */
  readonly order?: Offered | undefined
  readonly onDraft?: (draft: Draft) => void
  readonly onPaste?: (cells: Cells, at: { readonly row: number; readonly column: number }) => void
}

/** Steps × periods, typed as in a spreadsheet. Without `onDraft` it is only shown. */
export function OrderLadder({ session, draft, marks, rooms, order, onDraft, onPaste }: OrderLadderProps) {
  const say = useWords(orderWords)
  const units = useUnitNames()
  const columns = useMemo(
    () =>
      Array.from({ length: draft.steps }, (_, at): GridColumn[] => {
        const step = at + 1
        return [
          {
            key: `p${step}`,
            label: say('step.price', { step }),
            begins: true,
            head: <Head over={say('head.step', { step })} under={units.price} />,
          },
          { key: `v${step}`, label: say('step.volume', { step }), head: <Head over="" under={units.energy} /> },
        ]
      }).flat(),
    [draft.steps, say, units.price, units.energy],
  )
  const rowHeads = useMemo(
    () => Array.from({ length: session.periods }, (_, at) => periodLabel(at + 1, session.periods)),
    [session.periods],
  )
  const { energy } = draft
  const decimals = decimalsOf(session.tick)
  const ofLot = decimalsOfLot(session.lotWh, energy)
  const shownOf = useCallback(
    (column: number, text: string): string =>
      isVolume(column) ? alignedVolume(text, energy, ofLot) : alignedPrice(text, decimals),
    [decimals, energy, ofLot],
  )
  return (
    <CellGrid
      label={say('ladder')}
      rowHeads={rowHeads}
      columns={columns}
      texts={draft.texts}
      onEdit={onDraft && ((edits) => onDraft(edited(draft, edits)))}
      onPaste={onPaste}
      markOf={marks.at}
      shownOf={shownOf}
      tail={
        rooms && {
          head: <Head over={say('room.left')} under={units.energy} />,
          cell: (row) => {
            const room = rooms[row]
            return room && <RoomCell {...room} ownWh={order === undefined ? 0 : offeredWh(order, row + 1)} />
          },
        }
      }
    />
  )
}

function Head({ over, under }: { readonly over: string; readonly under: string }) {
  return (
    <>
      {over} <span className="ladder-unit">{under}</span>
    </>
  )
}

/** How much more may be offered in a period, and how much of the limit is taken; drawn anew only when that changes. */
const RoomCell = memo(Room)

function Room({ limitWh, usedWh, fitsWh, stepsLeft, ownWh }: PeriodRoom & { readonly ownWh: number }) {
  const say = useWords(orderWords)
  const left = fitsWh - ownWh
  const percent = (part: number): string => `${limitWh === 0 ? 0 : Math.max(0, Math.min(100, (part / limitWh) * 100))}%`
  return (
    <span className="room" data-over={left < 0}>
      <span className="room-bar" aria-hidden="true">
        <i data-part="used" style={{ width: percent(usedWh) }} />
        <i data-part="own" style={{ width: percent(Math.min(ownWh, limitWh - usedWh)) }} />
      </span>
      {stepsLeft === 0 ? <span className="muted">{say('room.steps')}</span> : <Energy wh={left} />}
    </span>
  )
}
