import { type Session, type Side, type Stance, type Unit, roomLeft } from '@dujiang/market'
import { Button, Segmented, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../api/act.ts'
import type { PlacedOrder } from '../../api/bidding.ts'
import { isDone } from '../../api/sending.ts'
import type { Named } from '../../api/sessions.ts'
import { useTryOut } from '../../api/try-out.ts'
import { useWords } from '../../i18n/words.ts'
import { DraftKept } from '../../kept/draft-notes.tsx'
import { type Draft as Kept, useDraft } from '../../kept/use-draft.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { marketWords } from '../../market/market-words.ts'
import { useReadable } from '../../market/readable.ts'
import { SendButton } from '../../market/send-button.tsx'
import { usePreferences } from '../../preferences/preferences.ts'
import { afterPaint } from '../../ui/after-paint.ts'
import { Note } from '../../ui/note.tsx'
import { type Draft, type Offered, draftOf, emptyDraft, readDraft } from './draft.ts'
import { type Problem, marksOf, withoutUnread } from './marks.ts'
import { OrderLadder } from './order-ladder.tsx'
import { OrderNotes } from './order-notes.tsx'
import { OrderTotals } from './order-totals.tsx'
import { orderWords } from './order-words.ts'
import { PastePreview, type Pasting } from './paste-preview.tsx'
import { ProblemList } from './problem-list.tsx'
import { problemsOf } from './problems.ts'
import { useOrderDraft } from './use-order-draft.ts'
import { payloadOf, wantedOf } from './wanted.ts'

/** An earlier order that can be taken over into the ladder. */
export interface Earlier {
  readonly session: string
  readonly order: Offered
}

interface OrderFormProps {
  readonly id: string
  readonly session: Session
  readonly unit: Named<Unit>
  readonly limitWh: readonly number[]
  /** The unit's live orders. */
  readonly live: readonly PlacedOrder[]
  /** Where the organisation stands, over all its units; null before its first order. */
  readonly stance: Stance | null
  /** The order that the page asks to replace, live or not. */
  readonly asked: string | undefined
  readonly earlier: (side: Side) => Earlier | undefined
  /** Why nothing can be sent now, such as that the session has not opened. */
  readonly closed: string | undefined
  /** By this machine's clock it may be too late, and nobody knows yet. */
  readonly late: boolean
  /** By this machine's clock the session has opened, and only a trial can say whether it has. */
  readonly opening: boolean
  readonly onSent: () => void
}

/** The order of one unit: typed, pasted or copied; judged as it is typed; signed and followed to its proof. */
export function OrderForm(props: OrderFormProps) {
  const { id, unit, asked } = props
  const about = `order/${id}/${unit.id}/${asked ?? 'new'}`
  const kept = useDraft(about)
  return kept.found === undefined ? null : <Ladder key={about} about={about} kept={kept} {...props} />
}

interface LadderProps extends OrderFormProps {
  readonly about: string
  readonly kept: Kept
}

function Ladder(props: LadderProps) {
  const { about, kept, id, session, unit, limitWh, live, stance, asked, earlier, closed, late, opening, onSent } = props
  const say = useWords(orderWords)
  const word = useWords(marketWords)
  const readable = useReadable()
  const { energy } = usePreferences()
  const acting = useAct(about)
  const { periods, stepsMax } = session
  const [pasting, setPasting] = useState<Pasting>()
  const [copied, setCopied] = useState<string>()
  const ladder = useOrderDraft({
    kept,
    acting,
    session,
    limitWh,
    live,
    energy,
    replacing: live.find((order) => order.id === asked),
    unitSide: unit.side === 'buy' ? 'buy' : 'sell',
    onSent: () => {
      setCopied(undefined)
      onSent()
    },
  })
  const { draft, read, side, replaced, isSent, change } = ladder

  const judged = useMemo(
    () => ({ org: unit.org, session, unit, invitation: { limitWh }, live, stance: stance ?? undefined }),
    [session, unit, limitWh, live, stance],
  )
  const payload = useMemo(() => read.order && payloadOf(id, unit.id, side, read.order), [id, unit.id, side, read.order])
  // What was just replaced is not live any more, and its successor may not have been read yet.
  const isCurrent = replaced === undefined || live.some((order) => order.id === replaced)
  const own = useMemo(
    () => (isCurrent ? withoutUnread(read.faults, problemsOf(judged, payload, replaced)) : []),
    [isCurrent, read.faults, judged, payload, replaced],
  )
  const wanted = useMemo(() => {
    const complete = read.faults.length === 0 && own.length === 0 && !isSent
    return complete && payload !== undefined ? wantedOf(payload, replaced) : undefined
  }, [read.faults, own, isSent, payload, replaced])
  const tried = useTryOut(closed === undefined && !acting.busy ? wanted : undefined)
  const problems: readonly Problem[] = tried.step === 'refuse' && own.length === 0 ? [tried.why] : own
  const sayer = { reason: (reason: string) => say(`reason.${reason}` as 'reason.empty'), problem: readable }
  const marks = marksOf(draft, read.faults, problems, sayer)
  const marksFor = (other: Draft) => {
    const { faults, order } = readDraft(other)
    const asks = order && payloadOf(id, unit.id, side, order)
    return marksOf(other, faults, withoutUnread(faults, problemsOf(judged, asks, replaced)), sayer)
  }
  const copy = earlier(side)
  const takeEarlier = (): void => {
    if (copy === undefined) return
    change(draftOf(copy.order, periods, stepsMax, energy))
    setCopied(copy.session)
  }
  const firstRow = draft.texts[0] ?? []

  return (
    <div className="order">
      <OrderNotes kept={kept} ladder={ladder} />
      <div className="order-tools">
        {unit.side === 'both' ? (
          <Segmented<Side>
            aria-label={say('side.label')}
            value={side}
            disabled={replaced !== undefined}
            options={(['sell', 'buy'] as const).map((each) => ({ value: each, label: word(`side.${each}`) }))}
            onChange={ladder.changeSide}
          />
        ) : null}
        <Button onClick={() => setPasting({ cells: undefined, at: { row: 0, column: 0 } })}>{say('paste')}</Button>
        <Tooltip title={copy === undefined ? say('copy.none') : undefined}>
          <Button disabled={copy === undefined} onClick={takeEarlier}>
            {say('copy')}
          </Button>
        </Tooltip>
        <Button
          disabled={firstRow.every((text) => text === '')}
          onClick={() => change({ ...draft, texts: draft.texts.map(() => firstRow) })}
        >
          {say('fill')}
        </Button>
        <Button type="text" onClick={() => change(emptyDraft(periods, stepsMax, energy))}>
          {say('clear')}
        </Button>
        {copied === undefined ? null : (
          <span className="muted" role="status">
            {say('copy.done', { session: copied })}
          </span>
        )}
        <DraftKept kept={kept} />
      </div>
      <div className="order-body">
        <OrderLadder
          session={session}
          draft={draft}
          marks={marks}
          rooms={roomLeft(session, limitWh, live, stance ?? [], replaced)}
          order={read.order}
          onDraft={change}
          onPaste={(cells, at) => setPasting({ cells, at })}
        />
        <aside className="order-side">
          <OrderTotals order={read.order} />
          <ProblemList problems={own} faults={read.faults} periods={periods} />
          {late ? <Note tone="warn">{say('late')}</Note> : null}
          {closed === undefined ? (
            <SendButton
              acting={acting}
              wanted={wanted}
              waits={opening}
              label={say(replaced === undefined ? 'submit' : 'replace')}
              missing={isSent ? say('sent') : say(marks.count > 0 ? 'fix.first' : 'nothing.offered')}
            />
          ) : (
            <Note tone="warn">{closed}</Note>
          )}
          <ActProgress state={acting.state} />
          {isDone(acting.state) ? <Link to={`/orders/${acting.state.id}`}>{say('to.receipt')}</Link> : null}
        </aside>
      </div>
      <PastePreview
        session={session}
        draft={draft}
        pasting={pasting}
        marksFor={marksFor}
        onCells={(cells) => setPasting({ cells, at: { row: 0, column: 0 } })}
        onLeave={() => setPasting(undefined)}
        onTake={(next) => {
          setPasting(undefined)
          afterPaint(() => change(next))
        }}
      />
    </div>
  )
}
