import type { Bulletin, Session } from '@dujiang/market'
import { Button } from 'antd'
import { useParams } from 'react-router'
import { type Acting, useAct } from '../../api/act.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useRow } from '../../api/queries.ts'
import { useBulletin, useResult } from '../../api/sessions.ts'
import { GoButton } from '../../app/go-button.tsx'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { SendButton } from '../../market/send-button.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { BulletinSheet } from './bulletin-sheet.tsx'
import { bulletinWords } from './bulletin-words.ts'
import { PrepareBulletin } from './prepare-bulletin.tsx'

/** Prepared by one person, approved by another, read and printed by everybody. */
export function Component() {
  const say = useWords(bulletinWords)
  const { session: id = '' } = useParams()
  const { data: session, error } = useRow<Session>(`auction/session/${id}`)
  const bulletin = useBulletin(id)
  return (
    <Page
      title={say('title', { session: id })}
      lead={session ? <SessionChip session={session} /> : undefined}
      actions={
        <>
          <GoButton to={`/sessions/${id}`}>{say('go.session')}</GoButton>
          {bulletin ? <Button onClick={() => window.print()}>{say('print')}</Button> : null}
        </>
      }
    >
      {session === undefined || bulletin === undefined ? (
        <Unread error={error} />
      ) : session?.result === undefined ? (
        <Empty title={say('no.result', { session: id })}>{say('no.result.why')}</Empty>
      ) : (
        <Steps key={id} id={id} session={session} bulletin={bulletin} />
      )}
    </Page>
  )
}

interface StepsProps {
  readonly id: string
  readonly session: Session
  readonly bulletin: Bulletin | null
}

function Steps({ id, session, bulletin }: StepsProps) {
  const say = useWords(bulletinWords)
  const { identity } = useLedger()
  const result = useResult(id)
  const acting = useAct(`bulletin/${id}`)
  const { status } = session
  const isOurs = identity?.org === session.org
  if (!result) return <Unread />
  return (
    <>
      {status === 'voided' ? <Note tone="warn">{say('voided')}</Note> : null}
      {status === 'cleared' ? (
        <Note tone="plain" title={say('waits.check')}>
          {say('waits.check.why')}
        </Note>
      ) : null}
      {status === 'checked' && bulletin !== null && isOurs ? (
        <Approve id={id} session={session} bulletin={bulletin} acting={acting} />
      ) : null}
      <div className="no-print">
        <ActProgress state={acting.state} />
      </div>
      {bulletin === null ? null : <BulletinSheet id={id} session={session} result={result} bulletin={bulletin} />}
      {status === 'checked' && isOurs ? (
        <PrepareBulletin
          key={bulletin?.digest}
          id={id}
          session={session}
          result={result}
          before={bulletin}
          acting={acting}
        />
      ) : null}
    </>
  )
}

interface ApproveProps extends StepsProps {
  readonly bulletin: Bulletin
  readonly acting: Acting
}

function Approve({ id, session, bulletin, acting }: ApproveProps) {
  const say = useWords(bulletinWords)
  const payload = { session: id, result: session.result as string, bulletin: bulletin.digest }
  return (
    <div className="no-print">
      <Section title={say('approve')}>
        <p>{say('approve.lead', { person: bulletin.preparedBy })}</p>
        <SendButton acting={acting} wanted={{ act: 'auction.bulletin.approve', payload }} label={say('approve')} />
      </Section>
    </div>
  )
}
