import type { RuleSet, Session } from '@dujiang/market'
import { Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useAct } from '../../api/act.ts'
import { type Named, useRulesNow, useSessions } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { NoticeForm } from '../../forms/notice/notice-form.tsx'
import {
  type NoticeTexts,
  TEMPLATES,
  type Template,
  textsOfSession,
  textsOfTemplate,
} from '../../forms/notice/notice-texts.ts'
import { readNotice } from '../../forms/notice/read-notice.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { noticeWords } from '../../market/notice-words.ts'
import { SendButton } from '../../market/send-button.tsx'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { announceWords } from './announce-words.ts'
import { NoticeSheet } from './notice-sheet.tsx'
import { SequenceChoice } from './sequence-choice.tsx'

export function Component() {
  const say = useWords(announceWords)
  return (
    <Page title={say('title')} lead={say('lead')}>
      <ForRoles roles={['exchange']}>
        <Begin />
      </ForRoles>
    </Page>
  )
}

/** What the notice begins from stands in the address: a template, or an earlier session. */
function Begin() {
  const say = useWords(announceWords)
  const [params, setParams] = useSearchParams()
  const rules = useRulesNow()
  const sessions = useSessions()
  if (rules === undefined || sessions === undefined) return null
  const from = sessions.find(({ id }) => id === params.get('from'))
  const template = TEMPLATES.find((each) => each === params.get('template')) ?? TEMPLATES[0]
  const begun = from === undefined ? template : `from:${from.id}`
  const choose = (chosen: string): void =>
    setParams(chosen.startsWith('from:') ? { from: chosen.slice(5) } : { template: chosen }, { replace: true })
  return (
    <>
      <div className="form-part">
        <Field label={say('begin')}>
          {(input) => (
            <Select
              {...input}
              value={begun}
              onChange={choose}
              options={[
                {
                  label: say('group.templates'),
                  options: TEMPLATES.map((value) => ({ value: value as string, label: say(`template.${value}`) })),
                },
                ...(sessions.length === 0
                  ? []
                  : [
                      {
                        label: say('group.sessions'),
                        options: [...sessions].reverse().map(({ id }) => ({
                          value: `from:${id}`,
                          label: say('begin.session', { session: id }),
                        })),
                      },
                    ]),
              ]}
            />
          )}
        </Field>
      </div>
      <Announce key={begun} rules={rules} template={template} from={from} />
    </>
  )
}

interface AnnounceProps {
  readonly rules: RuleSet
  readonly template: Template
  readonly from: Named<Session> | undefined
}

function Announce({ rules, template, from }: AnnounceProps) {
  const say = useWords(announceWords)
  const field = useWords(noticeWords)
  const acting = useAct()
  const [texts, setTexts] = useState<NoticeTexts>(() =>
    from === undefined ? textsOfTemplate(template, rules, Date.now()) : textsOfSession(from.id, from, Date.now()),
  )
  const { faults, payload } = readNotice(texts)
  const change = (changed: Partial<NoticeTexts>): void => setTexts((before) => ({ ...before, ...changed }))
  const { state } = acting
  const isDone = state.step === 'committed' || state.step === 'provable'
  const missing = [...new Set(faults.map((fault) => field(`field.${fault.field}`)))].join('、')
  return (
    <div className="two-columns">
      <form onSubmit={(event) => event.preventDefault()}>
        <NoticeForm
          texts={texts}
          onChange={change}
          faults={faults}
          rules={rules}
          sequence={(input) => (
            <SequenceChoice input={input} value={texts.sequence} onChange={(sequence) => change({ sequence })} />
          )}
        />
      </form>
      <div className="stays">
        <Section title={say('preview')}>
          <NoticeSheet texts={texts} payload={payload} />
          {isDone ? (
            <Note tone="good" title={say('done', { session: texts.session })}>
              <p>{say('done.next')}</p>
              <p>
                <Link to={`/desk/${texts.session}/units`}>{say('go.units')}</Link>{' '}
                <Link to={`/desk/${texts.session}`}>{say('go.session')}</Link>
              </p>
            </Note>
          ) : (
            <SendButton
              acting={acting}
              wanted={payload && { act: 'auction.session.announce', payload }}
              label={say('send')}
              missing={say('missing', { fields: missing })}
            />
          )}
          <ActProgress state={state} />
        </Section>
      </div>
    </div>
  )
}
