import type { Session } from '@dujiang/market'
import { useNavigate } from 'react-router'
import { type Named, useSessions, useTallies } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { useLedgerMs } from '../../market/gate-countdown.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { useAhead } from '../../ui/ahead.ts'
import { Price, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { SessionBoard } from './session-board.tsx'
import { traderWords } from './trader-words.ts'

const nextPages = () => Promise.all([import('./session-page.tsx'), import('./bid-page.tsx')])

/** Sessions that take orders or will, each with its countdown; below them those of the past. */
export function Component() {
  const say = useWords(traderWords)
  useAhead(nextPages)
  const ledgerMs = useLedgerMs()
  const sessions = useSessions()
  if (sessions === undefined) {
    return (
      <Page title={say('sessions.title')}>
        <Unread />
      </Page>
    )
  }
  const isToCome = ({ status, gateMs }: Session): boolean => status === 'announced' && ledgerMs < gateMs
  const toCome = sessions.filter(isToCome).sort((a, b) => a.gateMs - b.gateMs)
  const past = sessions.filter((session) => !isToCome(session)).sort((a, b) => b.gateMs - a.gateMs)
  return (
    <Page title={say('sessions.title')}>
      {sessions.length === 0 ? (
        <Empty title={say('sessions.empty')}>{say('sessions.empty.why')}</Empty>
      ) : (
        <>
          <Section title={say('sessions.now')}>
            {toCome.length === 0 ? <p className="muted">{say('sessions.none.now')}</p> : null}
            <div className="boards">
              {toCome.map((session) => (
                <SessionBoard key={session.id} session={session} />
              ))}
            </div>
          </Section>
          {past.length === 0 ? null : (
            <Section title={say('sessions.past')}>
              <PastSessions sessions={past} />
            </Section>
          )}
        </>
      )}
    </Page>
  )
}

function PastSessions({ sessions }: { readonly sessions: readonly Named<Session>[] }) {
  const say = useWords(traderWords)
  const units = useUnitNames()
  const go = useNavigate()
  const narrow = useNarrow()
  const tallies = new Map(useTallies()?.map((tally) => [tally.id, tally]))
  const columns: Column<Named<Session>>[] = [
    { key: 'session', title: say('col.session'), cell: ({ id }) => <strong>{id}</strong> },
    { key: 'state', title: say('col.state'), cell: (session) => <SessionChip session={session} /> },
    { key: 'gate', title: say('col.gate'), cell: ({ gateMs }) => <Instant atMs={gateMs} /> },
    ...(narrow ? [] : wideColumns()),
  ]
  function wideColumns(): Column<Named<Session>>[] {
    return [
      { key: 'product', title: say('col.product'), cell: ({ product }) => product },
      {
        key: 'delivery',
        title: say('col.delivery'),
        cell: ({ deliveryFrom, deliveryTo }) => `${deliveryFrom} – ${deliveryTo}`,
      },
      {
        key: 'limits',
        title: `${say('col.limits')} ${units.price}`,
        align: 'right',
        cell: ({ priceFloor, priceCap }) => (
          <>
            <Price milliFen={priceFloor} digits={2} /> – <Price milliFen={priceCap} digits={2} />
          </>
        ),
      },
      {
        key: 'tally',
        title: say('col.tally'),
        align: 'right',
        cell: ({ id }) => {
          const tally = tallies.get(id)
          return tally === undefined ? '—' : `${tally.submitted} / ${tally.invited}`
        },
      },
    ]
  }
  return (
    <DenseTable
      label={say('sessions.past')}
      rows={sessions}
      rowKey={({ id }) => id}
      columns={columns}
      onOpen={({ id }) => void go(`/sessions/${id}`)}
    />
  )
}
