import type { Session } from '@dujiang/market'
import { Link } from 'react-router'
import { useInvitationsOf, useMyUnits, useOrdersOf } from '../../api/bidding.ts'
import { useLedger } from '../../api/ledger.tsx'
import { type Named, useTally } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { GateCountdown } from '../../market/gate-countdown.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Price, useUnitNames } from '../../ui/amount.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Reminded } from './reminded.tsx'
import { notSubmitted } from './reminder.ts'
import { traderWords } from './trader-words.ts'

/** A session that takes orders, or will: when, within which limits, and how far the own organisation has come. */
export function SessionBoard({ session }: { readonly session: Named<Session> }) {
  const say = useWords(traderWords)
  const units = useUnitNames()
  const tally = useTally(session.id)
  return (
    <section className="board" aria-label={session.id}>
      <header>
        <h3>
          <Link to={`/sessions/${session.id}`}>{session.name}</Link>
        </h3>
        <SessionChip session={session} />
      </header>
      <p className="board-count">
        <GateCountdown session={session} />
      </p>
      <dl>
        <div>
          <dt>{say('col.gate')}</dt>
          <dd>
            <Instant atMs={session.gateMs} seconds />
          </dd>
        </div>
        <div>
          <dt>{say('col.limits')}</dt>
          <dd>
            <Price milliFen={session.priceFloor} digits={2} /> – <Price milliFen={session.priceCap} digits={2} />{' '}
            <span className="muted">{units.price}</span>
          </dd>
        </div>
        <div>
          <dt>{say('col.delivery')}</dt>
          <dd>
            {session.deliveryFrom} – {session.deliveryTo}
          </dd>
        </div>
        <div>
          <dt>{say('col.tally')}</dt>
          <dd>{tally ? `${tally.submitted} / ${tally.invited}` : '—'}</dd>
        </div>
      </dl>
      <Mine session={session} />
    </section>
  )
}

function Mine({ session }: { readonly session: Named<Session> }) {
  const say = useWords(traderWords)
  const { identity } = useLedger()
  const units = useMyUnits()
  const ids = units?.map(({ id }) => id)
  const invitations = useInvitationsOf(session.id, ids)
  const orders = useOrdersOf(session.id, ids)
  if (identity === undefined || ids?.length === 0) return null
  const invited = invitations && units?.filter((_, at) => invitations[at] !== null)
  if (invited === undefined) return <Unread />
  if (invited.length === 0) return <p className="muted">{say('sessions.not.mine')}</p>
  const submitted = new Set(orders?.map(({ unit }) => unit)).size
  return (
    <>
      {orders === undefined ? null : <Reminded session={session.id} missing={notSubmitted(invited, orders)} />}
      <p className="board-mine">
        <span>{say('sessions.mine', { submitted, invited: invited.length })}</span>
        <Link className="button" to={`/sessions/${session.id}/bid`}>
          {say('session.bid')}
        </Link>
      </p>
    </>
  )
}
