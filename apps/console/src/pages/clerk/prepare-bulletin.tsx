import type { Bulletin, Result, Session } from '@dujiang/market'
import { Input } from 'antd'
import { useState } from 'react'
import type { Acting } from '../../api/act.ts'
import { useWords } from '../../i18n/words.ts'
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
export function PrepareBulletin({ id, session, result, before, acting }: PrepareProps) {
  const say = useWords(bulletinWords)
  const [number, setNumber] = useState(before?.number ?? '')
  const [text, setText] = useState(() => before?.text ?? bulletinText(id, session, result))
  const isWhole = number.trim() !== '' && text.trim() !== ''
  const isSame = number === before?.number && text === before.text
  const payload = { session: id, result: session.result as string, number: number.trim(), text: text.trim() }
  return (
    <div className="no-print">
      <Section title={say(before === null ? 'prepare' : 'prepare.anew')}>
        <div className="narrow-form">
          <Field label={say('field.number')}>
            {(input) => (
              <Input {...input} maxLength={100} value={number} onChange={(event) => setNumber(event.target.value)} />
            )}
          </Field>
          <Field label={say('field.text')} hint={say('text.hint')}>
            {(input) => (
              <Input.TextArea
                {...input}
                rows={6}
                maxLength={2000}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <SendButton
            acting={acting}
            wanted={isWhole && !isSame ? { act: 'auction.bulletin.prepare', payload } : undefined}
            label={say('prepare.send')}
            missing={isSame ? '' : say('prepare.missing')}
          />
        </div>
      </Section>
    </div>
  )
}
