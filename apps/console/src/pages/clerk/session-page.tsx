import type { Session } from '@dujiang/market'
import { useParams } from 'react-router'
import { useLedger } from '../../api/ledger.tsx'
import { useBulletin, useCheck, useResult, useSession, useTally } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { GoButton } from '../../app/go-button.tsx'
import { useWords } from '../../i18n/words.ts'
import { GateCountdown, useMarketNow } from '../../market/gate-countdown.tsx'
import { NoticeFacts } from '../../market/notice-facts.tsx'
import { useNameOfOrg } from '../../market/org-name.ts'
import { PeriodResults } from '../../market/period-results.tsx'
import { ResultChart } from '../../market/result-chart.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ChangesMade, ChangeToApprove } from './changes.tsx'
import { clerkWords } from './clerk-words.ts'
import { InvitedUnits } from './invited-units.tsx'
import { SessionStages } from './session-stages.tsx'
import { TallyPart } from './tally-part.tsx'

export function Component() {
  const say = useWords(clerkWords)
  const { session: id = '' } = useParams()
  const session = useSession(id)
  return (
    <Page
      title={session?.name ?? id}
      lead={
        session ? (
          <>
            {id} <SessionChip session={session} /> <GateCountdown session={session} />
          </>
        ) : undefined
      }
      actions={session ? <Actions id={id} session={session} /> : undefined}
    >
      <ForRoles roles={['exchange']}>
        {session === null ? (
          <Empty title={say('session.unknown', { session: id })}>{say('session.unknown.why')}</Empty>
        ) : session === undefined ? (
          <Unread />
        ) : (
          <Parts key={id} id={id} session={session} />
        )}
      </ForRoles>
    </Page>
  )
}

function Actions({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(clerkWords)
  const { identity } = useLedger()
  const nowMs = useMarketNow()
  if (identity?.org !== session.org) return null
  const { status, opensMs } = session
  const isOpen = status !== 'announced' || nowMs >= opensMs
  const isOver = status === 'published' || status === 'voided'
  return (
    <>
      <GoButton to={`/desk/announce?from=${id}`}>{say('go.again')}</GoButton>
      <GoButton to={`/desk/${id}/change`} not={isOver ? say('go.change.late') : undefined}>
        {say('go.change')}
      </GoButton>
      {session.result === undefined ? (
        <GoButton to={`/desk/${id}/units`} not={isOpen ? say('go.units.closed') : undefined} primary>
          {say('go.units')}
        </GoButton>
      ) : (
        <GoButton to={`/bulletins/${id}`} primary>
          {say('go.bulletin')}
        </GoButton>
      )}
    </>
  )
}

function Parts({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(clerkWords)
  const nameOf = useNameOfOrg()
  const { identity } = useLedger()
  const tally = useTally(id)
  const check = useCheck(id)
  const bulletin = useBulletin(id)
  const result = useResult(id)
  return (
    <>
      {identity?.org === session.org ? null : (
        <Note tone="plain">{say('session.not.yours', { org: nameOf(session.org) })}</Note>
      )}
      <SessionStages id={id} session={session} tally={tally} check={check} bulletin={bulletin} />
      <ChangeToApprove id={id} session={session} />
      {session.status === 'announced' && tally ? <TallyPart id={id} session={session} tally={tally} /> : null}
      {result ? (
        <Section title={say('part.result')}>
          <ResultChart result={result} />
          <PeriodResults result={result} />
        </Section>
      ) : null}
      <Section title={say('part.notice')}>
        <NoticeFacts id={id} notice={session} />
      </Section>
      <ChangesMade id={id} />
      <InvitedUnits id={id} />
    </>
  )
}
