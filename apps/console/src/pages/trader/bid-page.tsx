import type { Session, Side, Unit } from '@dujiang/market'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { type PlacedOrder, useInvitationsOf, useMyStance, useMyUnits, useOrdersOf } from '../../api/bidding.ts'
import { useRow } from '../../api/queries.ts'
import type { Named } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { OrderForm } from '../../forms/order/order-form.tsx'
import { useWords } from '../../i18n/words.ts'
import { GateCountdown, useTaking } from '../../market/gate-countdown.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import type { Taking } from '../../market/session-state.ts'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { traderWords } from './trader-words.ts'
import { useEarlier } from './use-earlier.ts'

/** Bidding for one unit of a session: `?unit=`, and `&order=` to replace an order. */
export function Component() {
  const say = useWords(traderWords)
  const { session: id = '' } = useParams()
  const { data: session, error } = useRow<Session>(`auction/session/${id}`)
  return (
    <Page
      title={session ? `${say('bid.title')} · ${session.name}` : say('bid.title')}
      lead={
        session ? (
          <span className="session-lead">
            <Link to={`/sessions/${id}`}>{id}</Link> <SessionChip session={session} />{' '}
            <GateCountdown session={session} />
          </span>
        ) : undefined
      }
    >
      <ForRoles roles={['generator', 'retailer', 'user', 'grid']}>
        {session === null ? (
          <Empty title={say('session.unknown', { session: id })}>{say('session.unknown.why')}</Empty>
        ) : null}
        {session === undefined ? <Unread error={error} /> : null}
        {session ? <Units id={id} session={session} /> : null}
      </ForRoles>
    </Page>
  )
}

function Units({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(traderWords)
  const [search, setSearch] = useSearchParams()
  const units = useMyUnits()
  const ids = useMemo(() => units?.map((unit) => unit.id), [units])
  const invitations = useInvitationsOf(id, ids)
  if (units === undefined || invitations === undefined) return <Unread />
  const invited = units.flatMap((unit, at) => {
    const invitation = invitations[at]
    return invitation ? [{ unit, limitWh: invitation.limitWh }] : []
  })
  const chosen = invited.find(({ unit }) => unit.id === search.get('unit')) ?? invited[0]
  if (chosen === undefined) return <Empty title={say('session.units.none')} />
  return (
    <>
      <label className="bid-unit">
        <span className="muted">{say('bid.unit')}</span>
        <Select
          value={chosen.unit.id}
          aria-label={say('bid.unit')}
          options={invited.map(({ unit }) => ({ value: unit.id, label: `${unit.name} ${unit.id}` }))}
          onChange={(unit) => setSearch({ unit })}
          popupMatchSelectWidth={false}
        />
      </label>
      <Bidding key={chosen.unit.id} id={id} session={session} {...chosen} />
    </>
  )
}

interface BiddingProps {
  readonly id: string
  readonly session: Session
  readonly unit: Named<Unit>
  readonly limitWh: readonly number[]
}

function Bidding({ id, session, unit, limitWh }: BiddingProps) {
  const say = useWords(traderWords)
  const [search] = useSearchParams()
  const taking = useTaking(session)
  const units = useMemo(() => [unit.id], [unit.id])
  const live = useOrdersOf(id, units)
  const stance = useMyStance(id)
  const earlier = useEarlier(id, session, unit.id)
  // What was just sent stands in the form, which goes on with it.
  const [sentFor, setSentFor] = useState<string | null>()
  if (live === undefined || stance === undefined) return <Unread />
  const asked = search.get('order')
  const replacing = live.find((order) => order.id === asked)
  return (
    <>
      {sentFor === asked ? null : <Beside asked={asked} replacing={replacing !== undefined} session={id} live={live} />}
      <OrderForm
        id={id}
        session={session}
        unit={unit}
        limitWh={limitWh}
        live={live}
        stance={stance}
        asked={asked ?? undefined}
        earlier={(side: Side) => earlier(side)}
        closed={closedBecause(session, taking, say)}
        late={taking === 'mayNotCount'}
        opening={taking === 'opening'}
        onSent={() => setSentFor(asked)}
      />
    </>
  )
}

interface BesideProps {
  /** The order that the address says is replaced. */
  readonly asked: string | null
  readonly replacing: boolean
  readonly session: string
  readonly live: readonly PlacedOrder[]
}

/** How what is typed stands to the unit's other orders. */
function Beside({ asked, replacing, session, live }: BesideProps) {
  const say = useWords(traderWords)
  const order = asked?.slice(0, 8) ?? ''
  if (replacing) return <Note tone="accent">{say('bid.replacing', { order })}</Note>
  if (asked !== null) return <Note tone="warn">{say('bid.gone', { order })}</Note>
  if (live.length === 0) return null
  return (
    <Note tone="plain">
      {say('bid.beside', { count: live.length })}
      <span className="beside">
        {live.map(({ id, unit }) => (
          <Link key={id} to={`/sessions/${session}/bid?unit=${unit}&order=${id}`}>
            {say('order.replace')} {id.slice(0, 8)}
          </Link>
        ))}
      </span>
    </Note>
  )
}

function closedBecause({ status }: Session, taking: Taking, say: (key: ClosedWord) => string): string | undefined {
  if (taking === 'notYet') return say('bid.not.open')
  if (taking !== 'no') return undefined
  return say(status === 'voided' ? 'bid.voided' : 'bid.closed')
}

type ClosedWord = 'bid.not.open' | 'bid.voided' | 'bid.closed'
