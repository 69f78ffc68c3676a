import type { Session } from '@dujiang/market'
import { useNavigate, useParams } from 'react-router'
import { Button } from 'antd'
import { useInvitationsOf, useMyUnits, useOrdersOf } from '../../api/bidding.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useRow } from '../../api/queries.ts'
import { useTally } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { GateCountdown, useTaking } from '../../market/gate-countdown.tsx'
import { NoticeFacts } from '../../market/notice-facts.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { useAhead } from '../../ui/ahead.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { MyOrders } from './my-orders.tsx'
import { MyUnits } from './my-units.tsx'
import { Reminded } from './reminded.tsx'
import { notSubmitted } from './reminder.ts'
import { traderWords } from './trader-words.ts'

const nextPage = () => import('./bid-page.tsx')

/** One session: what its notice fixes, what the own units may bid and have bid. */
export function Component() {
  const say = useWords(traderWords)
  useAhead(nextPage)
  const { session: id = '' } = useParams()
  const { data: session, error } = useRow<Session>(`auction/session/${id}`)
  if (session === undefined) {
    return (
      <Page title={id}>
        <Unread error={error} />
      </Page>
    )
  }
  if (session === null) {
    return (
      <Page title={id}>
        <Empty title={say('session.unknown', { session: id })}>{say('session.unknown.why')}</Empty>
      </Page>
    )
  }
  return <Known id={id} session={session} />
}

function Known({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(traderWords)
  const go = useNavigate()
  const tally = useTally(id)
  const { identity } = useLedger()
  return (
    <Page
      title={session.name}
      lead={
        <span className="session-lead">
          <SessionChip session={session} /> <GateCountdown session={session} />
          {tally ? (
            <span>
              {say('col.tally')} {tally.submitted} / {tally.invited}
            </span>
          ) : null}
        </span>
      }
      actions={
        session.result === undefined ? null : (
          <Button type="primary" onClick={() => void go(`/results/${id}`)}>
            {say('session.result')}
          </Button>
        )
      }
    >
      {identity === undefined ? (
        <p className="muted">{say('session.anonymous')}</p>
      ) : (
        <Mine id={id} session={session} />
      )}
      <Section title={say('session.notice')}>
        <NoticeFacts id={id} notice={session} />
      </Section>
    </Page>
  )
}

function Mine({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(traderWords)
  const units = useMyUnits()
  const ids = units?.map((unit) => unit.id)
  const invitations = useInvitationsOf(id, ids)
  const orders = useOrdersOf(id, ids)
  const taking = useTaking(session)
  if (units === undefined || invitations === undefined || orders === undefined) return <Unread />
  const invited = units.flatMap((unit, at) => {
    const invitation = invitations[at]
    return invitation ? [{ unit, limitWh: invitation.limitWh }] : []
  })
  if (invited.length === 0) return <p className="muted">{say('session.units.none')}</p>
  const takesOrders = taking !== 'no'
  const isOpen = takesOrders && taking !== 'notYet'
  const missing = notSubmitted(
    invited.map(({ unit }) => unit),
    orders,
  )
  return (
    <>
      {isOpen ? <Reminded session={id} missing={missing} /> : null}
      <Section title={say('session.units')}>
        <MyUnits id={id} session={session} invited={invited} orders={orders} takesOrders={takesOrders} />
        {takesOrders ? <p className="muted hint">{say('session.sealed')}</p> : null}
      </Section>
      <Section title={say('session.orders')}>
        {orders.length === 0 ? (
          <p className="muted">{say('session.orders.none')}</p>
        ) : (
          <MyOrders session={id} orders={orders} canChange={isOpen} />
        )}
      </Section>
    </>
  )
}
