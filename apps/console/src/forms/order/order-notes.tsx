import { Button } from 'antd'
import { useWords } from '../../i18n/words.ts'
import { DraftFound, DraftNotKept } from '../../kept/draft-notes.tsx'
import type { Draft as Kept } from '../../kept/use-draft.ts'
import { noticeWords } from '../../market/notice-words.ts'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import type { BasisField, OrderBasis } from './kept-order.ts'
import { orderWords } from './order-words.ts'
import type { useOrderDraft } from './use-order-draft.ts'

interface OrderNotesProps {
  readonly kept: Kept
  readonly ladder: ReturnType<typeof useOrderDraft>
}

/** What was found again of an earlier visit, and what of the notice has changed since it was typed. */
export function OrderNotes({ kept, ladder }: OrderNotesProps) {
  const say = useWords(orderWords)
  const { found, changes, basis, current } = ladder
  return (
    <div className="draft-notes">
      {found === 'none' ? null : (
        <DraftFound kept={kept} onDiscard={ladder.discard}>
          {found === 'replacedGone' ? <p>{say('draft.replaced.gone')}</p> : null}
        </DraftFound>
      )}
      {changes.length === 0 ? null : (
        <div role="status">
          <Note tone="warn" title={say('changed.title')}>
            <ul className="draft-changes">
              {changes.map((field) => (
                <li key={field}>
                  <Changed field={field} before={basis} now={current} />
                </li>
              ))}
            </ul>
            <Button size="small" onClick={ladder.accept}>
              {say('changed.seen')}
            </Button>
          </Note>
        </div>
      )}
      <DraftNotKept kept={kept} />
    </div>
  )
}

interface ChangedProps {
  readonly field: BasisField
  readonly before: OrderBasis
  readonly now: OrderBasis
}

function Changed({ field, before, now }: ChangedProps) {
  const say = useWords(orderWords)
  const name = useWords(noticeWords)
  if (field === 'limitWh') return say('changed.limits')
  const shown = (value: number | string) => (typeof value === 'number' ? <Instant atMs={value} seconds /> : value)
  return (
    <>
      {name(`field.${field}`)} {shown(before[field])} → <strong>{shown(now[field])}</strong>
    </>
  )
}
