import type { Org, Result, Session } from '@dujiang/market'
import { Input } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAct } from '../../api/act.ts'
import { useRow } from '../../api/queries.ts'
import { useCheck, useResult, useSession } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { GoButton } from '../../app/go-button.tsx'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { PeriodResults } from '../../market/period-results.tsx'
import { ResultChart } from '../../market/result-chart.tsx'
import { resultWords } from '../../market/result-words.ts'
import { SendButton } from '../../market/send-button.tsx'
import { SessionChip } from '../../market/session-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Energy, Price } from '../../ui/amount.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { AwardedUnits } from './awarded-units.tsx'
import { dispatchWords } from './dispatch-words.ts'

export function Component() {
  const say = useWords(dispatchWords)
  const { session: id = '' } = useParams()
  const session = useSession(id)
  const result = useResult(id)
  return (
    <Page
      title={say('check.title', { session: id })}
      lead={
        session ? (
          <>
            {session.name} <SessionChip session={session} />
          </>
        ) : undefined
      }
      actions={<GoButton to={`/sessions/${id}`}>{say('col.session')}</GoButton>}
    >
      <ForRoles roles={['dispatcher']}>
        {session === null || result === null ? (
          <Empty title={say('no.result', { session: id })}>{say('no.result.why')}</Empty>
        ) : session === undefined || result === undefined ? (
          <Unread />
        ) : null}
        {session && result ? <Checking key={id} id={id} session={session} result={result} /> : null}
      </ForRoles>
    </Page>
  )
}

interface CheckingProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
}

function Checking({ id, session, result }: CheckingProps) {
  const say = useWords(dispatchWords)
  const words = useWords(resultWords)
  return (
    <>
      <Facts
        rows={[
          [say('col.volume'), <Energy key="v" wh={result.volumeWh} unit />],
          [words('average'), <Price key="a" milliFen={result.averagePrice} digits={2} unit />],
          [words('orders'), String(result.orders)],
          [words('units'), String(result.units)],
          [say('col.delivery'), `${session.deliveryFrom} – ${session.deliveryTo}`],
          [words('digest'), <HashText key="d" value={session.result ?? ''} />],
        ]}
      />
      <Decision id={id} session={session} />
      <Section title={say('part.result')}>
        <ResultChart result={result} />
        <PeriodResults result={result} />
      </Section>
      <AwardedUnits id={id} session={session} />
    </>
  )
}

function Decision({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(dispatchWords)
  const acting = useAct(`check/${id}`)
  const check = useCheck(id)
  const { data: org } = useRow<Org>(check ? `members/org/${check.org}` : undefined)
  const [remark, setRemark] = useState('')
  const payload = { session: id, result: session.result as string, remark: remark.trim() }
  return (
    <Section title={say('part.pass')}>
      {check ? (
        <Note tone="good" title={say('passed.by', { org: org?.name ?? check.org, person: check.person })}>
          <p>
            {check.remark}{' '}
            <span className="muted">
              <Instant atMs={check.atMs} seconds />
            </span>
          </p>
        </Note>
      ) : session.status === 'cleared' ? (
        <div className="narrow-form">
          <p className="muted">{say('pass.lead')}</p>
          <Field label={say('remark')} hint={say('remark.hint')}>
            {(input) => (
              <Input.TextArea
                {...input}
                rows={2}
                maxLength={500}
                value={remark}
                onChange={(event) => setRemark(event.target.value)}
              />
            )}
          </Field>
          <SendButton
            acting={acting}
            wanted={remark.trim() === '' ? undefined : { act: 'auction.check.pass', payload }}
            label={say('pass')}
            missing={say('pass.missing')}
          />
        </div>
      ) : null}
      <ActProgress state={acting.state} />
    </Section>
  )
}
