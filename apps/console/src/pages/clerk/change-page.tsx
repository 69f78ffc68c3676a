import type { Session, SessionChange } from '@dujiang/market'
import { Input, Radio } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { useAct } from '../../api/act.ts'
import { isDone } from '../../api/sending.ts'
import { useSession } from '../../api/sessions.ts'
import { ForRoles } from '../../app/access.tsx'
import { noticeFormWords } from '../../forms/notice/notice-form-words.ts'
import { instantText } from '../../forms/notice/notice-texts.ts'
import { readDay, readInstant } from '../../forms/notice/read-notice.ts'
import { useWords } from '../../i18n/words.ts'
import { DraftFound, DraftKept, DraftNotKept } from '../../kept/draft-notes.tsx'
import type { Draft } from '../../kept/use-draft.ts'
import { useKeptTexts } from '../../kept/use-kept-texts.ts'
import { WithDraft } from '../../kept/with-draft.tsx'
import { ActProgress } from '../../market/act-progress.tsx'
import { useMarketNow } from '../../market/gate-countdown.tsx'
import { noticeWords } from '../../market/notice-words.ts'
import { SendButton } from '../../market/send-button.tsx'
import { Unread } from '../../market/unread.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { TimeInput } from '../../ui/time-input.tsx'
import { Note } from '../../ui/note.tsx'
import { Page } from '../../ui/page.tsx'
import { changeWords } from './change-words.ts'

export function Component() {
  const say = useWords(changeWords)
  const { session: id = '' } = useParams()
  const session = useSession(id)
  return (
    <Page title={say('title', { session: id })} lead={say('lead')}>
      <ForRoles roles={['exchange']}>
        {session === null ? <Empty title={say('unknown', { session: id })} /> : null}
        {session === undefined ? <Unread /> : null}
        {session ? (
          <WithDraft key={id} name={`change/${id}/${session.gateMs}`}>
            {(kept) => <Change kept={kept} id={id} session={session} />}
          </WithDraft>
        ) : null}
      </ForRoles>
    </Page>
  )
}

interface Texts {
  readonly kind: SessionChange['kind']
  readonly opensMs: string
  readonly gateMs: string
  readonly deliveryFrom: string
  readonly deliveryTo: string
  readonly reason: string
}

interface ChangeProps {
  readonly kept: Draft
  readonly id: string
  readonly session: Session
}

function Change({ kept, id, session }: ChangeProps) {
  const say = useWords(changeWords)
  const field = useWords(noticeWords)
  const form = useWords(noticeFormWords)
  const go = useNavigate()
  const acting = useAct(`change/${id}`)
  const isOpen = useMarketNow() >= session.opensMs
  const fresh: Texts = {
    kind: 'postpone',
    opensMs: instantText(session.opensMs),
    gateMs: instantText(session.gateMs),
    deliveryFrom: session.deliveryFrom,
    deliveryTo: session.deliveryTo,
    reason: '',
  }
  const { texts, set, isRestored, discard } = useKeptTexts(kept, fresh, isDone(acting.state))
  const change = readChange(texts, session)
  const reason = texts.reason.trim()
  const payload = change === undefined || reason === '' ? undefined : { session: id, change, reason }
  const input = (name: 'opensMs' | 'gateMs' | 'deliveryFrom' | 'deliveryTo', fixed: boolean) => {
    const isInstant = name.endsWith('Ms')
    const read = isInstant ? readInstant(texts[name]) : readDay(texts[name])
    const isBad = read === 'badInstant' || read === 'badDay'
    return (
      <Field
        label={field(`field.${name}`)}
        hint={fixed ? say('opened.fixed') : undefined}
        problem={isBad ? form(`reason.${read}`) : undefined}
      >
        {(props) => (
          <TimeInput
            {...props}
            kind={isInstant ? 'instant' : 'day'}
            disabled={fixed}
            value={texts[name]}
            onChange={(text) => set({ [name]: text })}
          />
        )}
      </Field>
    )
  }
  return (
    <form className="narrow-form" onSubmit={(event) => event.preventDefault()}>
      {isRestored ? <DraftFound kept={kept} onDiscard={discard} /> : null}
      <DraftNotKept kept={kept} />
      <Radio.Group
        aria-label={say('kind')}
        value={texts.kind}
        optionType="button"
        options={(['postpone', 'void'] as const).map((value) => ({ value, label: say(`kind.${value}`) }))}
        onChange={(event) => set({ kind: event.target.value as Texts['kind'] })}
      />
      <Note tone={texts.kind === 'void' ? 'warn' : 'plain'}>{say(`${texts.kind}.why`)}</Note>
      {texts.kind === 'postpone' ? (
        <div className="form-part">
          {input('opensMs', isOpen)}
          {input('gateMs', false)}
          {input('deliveryFrom', isOpen)}
          {input('deliveryTo', isOpen)}
        </div>
      ) : null}
      <Field label={say('reason')} hint={say('reason.hint')}>
        {(props) => (
          <Input.TextArea
            {...props}
            rows={2}
            maxLength={500}
            value={texts.reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        )}
      </Field>
      <SendButton
        acting={acting}
        wanted={payload && { act: 'auction.change.prepare', payload }}
        label={say('prepare')}
        missing={say(`missing.${texts.kind}`)}
        danger={texts.kind === 'void'}
        onSent={({ step }) => {
          if (step === 'committed') void go(`/desk/${id}`)
        }}
      />
      <DraftKept kept={kept} />
      <ActProgress state={acting.state} />
    </form>
  )
}

/** What is not touched stays to the millisecond. */
function readChange({ kind, ...texts }: Texts, session: Session): SessionChange | undefined {
  if (kind === 'void') return { kind }
  const instant = (name: 'opensMs' | 'gateMs'): number | undefined => {
    if (texts[name] === instantText(session[name])) return session[name]
    const read = readInstant(texts[name])
    return typeof read === 'object' ? read.value : undefined
  }
  const day = (name: 'deliveryFrom' | 'deliveryTo'): string | undefined => {
    const read = readDay(texts[name])
    return typeof read === 'object' ? read.value : undefined
  }
  const [deliveryFrom, deliveryTo] = [day('deliveryFrom'), day('deliveryTo')]
  const opensMs = instant('opensMs')
  const gateMs = instant('gateMs')
  if (opensMs === undefined || gateMs === undefined) return undefined
  if (deliveryFrom === undefined || deliveryTo === undefined) return undefined
  return { kind, opensMs, gateMs, deliveryFrom, deliveryTo }
}
