import type { Bulletin, Result, Session } from '@dujiang/market'
import { Input } from 'antd'
import type { Acting } from '../../api/act.ts'
import { isDone } from '../../api/sending.ts'
import { useWords } from '../../i18n/words.ts'
import { DraftFound, DraftKept, DraftNotKept } from '../../kept/draft-notes.tsx'
import type { Draft } from '../../kept/use-draft.ts'
import { useKeptTexts } from '../../kept/use-kept-texts.ts'
import { WithDraft } from '../../kept/with-draft.tsx'
import { SendButton } from '../../market/send-button.tsx'
import { Field } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { bulletinText } from './bulletin-text.ts'
import { bulletinWords } from './bulletin-words.ts'

interface PrepareProps {
  readonly id: string
  readonly session: Session
  readonly result: Result
  readonly before: Bulletin | null
  readonly acting: Acting
}

/** The bulletin's number and text; until it is approved it may be prepared anew, by whomever. */
export function PrepareBulletin(props: PrepareProps) {
  return (
    <WithDraft name={`bulletin/${props.id}/${props.before?.digest ?? 'new'}`}>
      {(kept) => <Prepare kept={kept} {...props} />}
    </WithDraft>
  )
}

function Prepare({ kept, id, session, result, before, acting }: PrepareProps & { readonly kept: Draft }) {
  const say = useWords(bulletinWords)
  const fresh = { number: before?.number ?? '', text: before?.text ?? bulletinText(id, session, result) }
  const isSent = isDone(acting.state) && acting.sending?.act === 'auction.bulletin.prepare'
  const { texts, set, isRestored, discard } = useKeptTexts(kept, fresh, isSent)
  const { number, text } = texts
  const isWhole = number.trim() !== '' && text.trim() !== ''
  const isSame = number === before?.number && text === before.text
  const payload = { session: id, result: session.result as string, number: number.trim(), text: text.trim() }
  return (
    <div className="no-print">
      <Section title={say(before === null ? 'prepare' : 'prepare.anew')}>
        <div className="narrow-form">
          {isRestored ? <DraftFound kept={kept} onDiscard={discard} /> : null}
          <DraftNotKept kept={kept} />
          <Field label={say('field.number')}>
            {(input) => (
              <Input
                {...input}
                maxLength={100}
                value={number}
                onChange={(event) => set({ number: event.target.value })}
              />
            )}
          </Field>
          <Field label={say('field.text')} hint={say('text.hint')}>
            {(input) => (
              <Input.TextArea
                {...input}
                rows={6}
                maxLength={2000}
                value={text}
                onChange={(event) => set({ text: event.target.value })}
              />
            )}
          </Field>
          <SendButton
            acting={acting}
            wanted={isWhole && !isSame ? { act: 'auction.bulletin.prepare', payload } : undefined}
            label={say('prepare.send')}
            missing={isSame ? '' : say('prepare.missing')}
          />
          <DraftKept kept={kept} />
        </div>
      </Section>
    </div>
  )
}
