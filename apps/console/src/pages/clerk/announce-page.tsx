import {
  type NoticePayload,
  type NoticeTemplate,
  type RuleSet,
  type Session,
  noticeFields,
  noticeTemplates,
} from '@dujiang/market'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useAct } from '../../api/act.ts'
import { useLedger } from '../../api/ledger.tsx'
import { isDone } from '../../api/sending.ts'
import { type Named, useRulesNow, useSequences, useSessions } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { isOfOtherRules, keptNotice, readKeptNotice } from '../../forms/notice/kept-notice.ts'
import { NoticeForm } from '../../forms/notice/notice-form.tsx'
import { problemsOfNotice } from '../../forms/notice/notice-problems.ts'
import { type NoticeTexts, textsOfSession, textsOfTemplate } from '../../forms/notice/notice-texts.ts'
import { readNotice } from '../../forms/notice/read-notice.ts'
import { uiWords } from '../../i18n/ui-words.ts'
import { usePick, useWords } from '../../i18n/words.ts'
import { DraftFound, DraftKept, DraftNotKept } from '../../kept/draft-notes.tsx'
import { type Draft, useDraft } from '../../kept/use-draft.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { noticeWords } from '../../market/notice-words.ts'
import { SendButton } from '../../market/send-button.tsx'
import { Unread } from '../../market/unread.tsx'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
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
  const pick = usePick()
  const [params, setParams] = useSearchParams()
  const rules = useRulesNow()
  const sessions = useSessions()
  if (rules === undefined || sessions === undefined) return <Unread />
  const from = sessions.find(({ id }) => id === params.get('from'))
  const template =
    noticeTemplates.find(({ id }) => id === params.get('template')) ?? (noticeTemplates[0] as NoticeTemplate)
  const begun = from === undefined ? template.id : `from:${from.id}`
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
                  options: noticeTemplates.map(({ id, title }) => ({ value: id, label: pick(title) })),
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
      <Kept key={begun} begun={begun} rules={rules} template={template} from={from} sessions={sessions} />
    </>
  )
}

interface AnnounceProps {
  /** What it begins from, by name. */
  readonly begun: string
  readonly rules: RuleSet
  readonly template: NoticeTemplate
  readonly from: Named<Session> | undefined
  readonly sessions: readonly Named<Session>[]
}

function Kept(props: AnnounceProps) {
  const kept = useDraft(`announce/${props.begun}`)
  return kept.found === undefined ? null : <Announce kept={kept} {...props} />
}

function Announce({ kept, begun, rules, template, from, sessions }: AnnounceProps & { readonly kept: Draft }) {
  const say = useWords(announceWords)
  const field = useWords(noticeWords)
  const comma = useWords(uiWords)('list.comma')
  const { identity } = useLedger()
  const acting = useAct(`announce/${begun}`)
  const nowMs = useMarketNow()
  const sequences = useSequences()
  const [fresh] = useState<NoticeTexts>(() => {
    const taken = new Set(sessions.map(({ id }) => id))
    return from === undefined
      ? textsOfTemplate(template, rules, nowMs, taken)
      : textsOfSession(noticeOf(from), nowMs, taken)
  })
  const [found, setFound] = useState(() => readKeptNotice(kept.found?.value))
  const [texts, setTexts] = useState(found?.texts ?? fresh)
  const { faults, payload } = readNotice(texts)
  const problems =
    payload === undefined || sequences === undefined
      ? []
      : problemsOfNotice(
          {
            timeMs: nowMs,
            org: identity?.org ?? '',
            taken: sessions.some(({ id }) => id === payload.session),
            sequence: sequences.find(({ id }) => id === payload.sequence),
            rules,
          },
          payload,
        )
  const change = (changed: Partial<NoticeTexts>): void => setTexts((before) => ({ ...before, ...changed }))
  const { state, sending } = acting
  const announced = isDone(state) ? (sending?.payload as unknown as NoticePayload | undefined) : undefined
  const done = announced?.session
  const isDraft = done === undefined && texts !== fresh
  const { keep, drop } = kept
  useEffect(() => {
    if (done !== undefined) drop()
    else if (texts !== fresh && texts !== found?.texts) keep(keptNotice(texts, rules))
  }, [done, texts, fresh, found, rules, keep, drop])
  useLeaveGuard(isDraft && kept.keptMs === undefined)
  const discard = (): void => {
    setFound(undefined)
    setTexts(fresh)
    drop()
  }
  const missing = [...new Set(faults.map((fault) => field(`field.${fault.field}`)))].join(comma)
  return (
    <>
      <div className="draft-notes">
        {found === undefined || done !== undefined ? null : (
          <DraftFound kept={kept} onDiscard={discard}>
            {isOfOtherRules(found, rules) ? (
              <p>{say('draft.rules', { before: found.rules.name, now: rules.name })}</p>
            ) : null}
          </DraftFound>
        )}
        <DraftNotKept kept={kept} />
      </div>
      <div className="two-columns">
        <form onSubmit={(event) => event.preventDefault()}>
          <NoticeForm
            texts={texts}
            onChange={change}
            faults={faults}
            problems={done === undefined ? problems : []}
            rules={rules}
            sequence={(input) => (
              <SequenceChoice input={input} value={texts.sequence} onChange={(sequence) => change({ sequence })} />
            )}
          />
        </form>
        <div className="stays">
          <Section title={say('preview')}>
            <NoticeSheet texts={texts} payload={payload} />
            {done === undefined ? (
              <SendButton
                acting={acting}
                wanted={problems.length > 0 ? undefined : payload && { act: 'auction.session.announce', payload }}
                label={say('send')}
                missing={
                  faults.length > 0 ? say('missing', { fields: missing }) : say('wrong', { count: problems.length })
                }
              />
            ) : (
              <Note tone="good" title={say('done', { session: done })}>
                <p>{say('done.next')}</p>
                <p>
                  <Link to={`/desk/${done}/units`}>{say('go.units')}</Link>{' '}
                  <Link to={`/desk/${done}`}>{say('go.session')}</Link>
                </p>
              </Note>
            )}
            <ActProgress state={state} />
            <DraftKept kept={kept} />
          </Section>
        </div>
      </div>
    </>
  )
}

/** The notice of a session, without what has become of it. */
function noticeOf(session: Named<Session>): NoticePayload {
  const fields = Object.entries(session).filter(([name]) => name in noticeFields)
  return { ...(Object.fromEntries(fields) as Omit<NoticePayload, 'session'>), session: session.id }
}
