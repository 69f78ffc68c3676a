import { type Session, type Side, type Stance, type Unit, roomLeft } from '@dujiang/market'
import { Button, Segmented, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../api/act.ts'
import type { PlacedOrder } from '../../api/bidding.ts'
import type { Named } from '../../api/sessions.ts'
import { useTryOut } from '../../api/try-out.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { marketWords } from '../../market/market-words.ts'
import { useReadable } from '../../market/readable.ts'
import { SendButton } from '../../market/send-button.tsx'
import { usePreferences } from '../../preferences/preferences.ts'
import { Note } from '../../ui/note.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { type Draft, type Offered, draftOf, emptyDraft, inEnergy, readDraft } from './draft.ts'
import { type Problem, marksOf, withoutUnread } from './marks.ts'
import { OrderLadder } from './order-ladder.tsx'
import { OrderTotals } from './order-totals.tsx'
import { orderWords } from './order-words.ts'
import { PastePreview, type Pasting } from './paste-preview.tsx'
import { ProblemList } from './problem-list.tsx'
import { problemsOf } from './problems.ts'
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
  /** The live order whose place is taken. */
  readonly replacing: PlacedOrder | undefined
  readonly earlier: (side: Side) => Earlier | undefined
  /** Why nothing can be sent now, such as that the session has not opened. */
  readonly closed: string | undefined
  readonly onSent: () => void
}

/** The order of one unit: typed, pasted or copied; judged as it is typed; signed and followed to its proof. */
export function OrderForm(props: OrderFormProps) {
  const { id, session, unit, limitWh, live, stance, replacing, earlier, closed, onSent } = props
  const say = useWords(orderWords)
  const word = useWords(marketWords)
  const readable = useReadable()
  const { energy } = usePreferences()
  const acting = useAct()
  const { periods, stepsMax } = session
  const [side, setSide] = useState<Side>(replacing?.side ?? (unit.side === 'buy' ? 'buy' : 'sell'))
  const [begun] = useState<Draft>(() =>
    replacing === undefined ? emptyDraft(periods, stepsMax, energy) : draftOf(replacing, periods, stepsMax, energy),
  )
  const [typed, setTyped] = useState(begun)
  const [replaced, setReplaced] = useState(replacing?.id)
  const [sent, setSent] = useState<Draft>()
  const [pasting, setPasting] = useState<Pasting>()
  const [copied, setCopied] = useState<string>()

  const draft = useMemo(() => inEnergy(typed, energy), [typed, energy])
  const judged = useMemo(
    () => ({ org: unit.org, session, unit, invitation: { limitWh }, live, stance: stance ?? undefined }),
    [session, unit, limitWh, live, stance],
  )
  const asked = (order: Offered | undefined) => order && payloadOf(id, unit.id, side, order)
  const read = useMemo(() => readDraft(draft), [draft])
  const payload = useMemo(() => read.order && payloadOf(id, unit.id, side, read.order), [id, unit.id, side, read.order])
  // What was just replaced is not live any more, and its successor may not have been read yet.
  const isCurrent = replaced === undefined || live.some((order) => order.id === replaced)
  const own = useMemo(
    () => (isCurrent ? withoutUnread(read.faults, problemsOf(judged, payload, replaced)) : []),
    [isCurrent, read.faults, judged, payload, replaced],
  )
  const isSent = sent === typed
  useLeaveGuard(!isSent && typed !== begun)
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
    return marksOf(other, faults, withoutUnread(faults, problemsOf(judged, asked(order), replaced)), sayer)
  }
  const change = (next: Draft): void => {
    setTyped(next)
    if (acting.state.step !== 'idle' && !acting.busy) acting.reset()
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
      <div className="order-tools">
        {unit.side === 'both' ? (
          <Segmented<Side>
            aria-label={say('side.label')}
            value={side}
            disabled={replaced !== undefined}
            options={(['sell', 'buy'] as const).map((each) => ({ value: each, label: word(`side.${each}`) }))}
            onChange={setSide}
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
          {closed === undefined ? (
            <SendButton
              acting={acting}
              wanted={wanted}
              label={say(replaced === undefined ? 'submit' : 'replace')}
              missing={isSent ? say('sent') : say(marks.count > 0 ? 'fix.first' : 'nothing.offered')}
              onSent={(state) => {
                if (state.step !== 'committed') return
                setSent(typed)
                setReplaced(state.id)
                setCopied(undefined)
                onSent()
              }}
            />
          ) : (
            <Note tone="warn">{closed}</Note>
          )}
          <ActProgress state={acting.state} />
          {acting.state.step === 'committed' || acting.state.step === 'provable' ? (
            <Link to={`/orders/${acting.state.id}`}>{say('to.receipt')}</Link>
          ) : null}
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
          change(next)
          setPasting(undefined)
        }}
      />
    </div>
  )
}
