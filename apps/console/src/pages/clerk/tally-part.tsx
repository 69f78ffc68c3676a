import type { Session, Tally } from '@dujiang/market'
import { useAct } from '../../api/act.ts'
import { useLedger } from '../../api/ledger.tsx'
import { useActsOn } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { useTaking } from '../../market/gate-countdown.tsx'
import { SendButton } from '../../market/send-button.tsx'
import { Instant } from '../../ui/instant.tsx'
import { Section } from '../../ui/page.tsx'
import { clerkWords } from './clerk-words.ts'

interface TallyPartProps {
  readonly id: string
  readonly session: Session
  readonly tally: Tally
}

/** 已申报 / 应申报: numbers only, for before the gate nobody knows more; and the reminder to all alike. */
export function TallyPart({ id, session, tally }: TallyPartProps) {
  const say = useWords(clerkWords)
  const { identity } = useLedger()
  const acting = useAct(`reminder/${id}`)
  const { invited, submitted } = tally
  const taking = useTaking(session)
  const isOpen = taking !== 'no' && taking !== 'notYet'
  return (
    <Section title={say('part.tally')}>
      <div className="tally">
        <Count word={say('tally.submitted')} value={submitted} />
        <Count word={say('tally.invited')} value={invited} />
        <Count word={say('tally.open')} value={invited - submitted} />
        <progress max={Math.max(1, invited)} value={submitted} aria-label={say('part.tally')} />
      </div>
      <p className="muted">{say('tally.why')}</p>
      {isOpen && session.org === identity?.org ? (
        <div className="remind">
          <SendButton
            acting={acting}
            wanted={{ act: 'auction.session.remind', payload: { session: id } }}
            label={say('remind')}
          />
          <p className="muted">
            {say('remind.why')} <Reminders id={id} />
          </p>
          <ActProgress state={acting.state} />
        </div>
      ) : null}
    </Section>
  )
}

/** How often, and when last, by the ledger's own receipts. */
function Reminders({ id }: { readonly id: string }) {
  const say = useWords(clerkWords)
  const reminders = useActsOn(id, 'auction.session.remind')
  const last = reminders?.[0]
  if (last === undefined) return null
  return (
    <>
      {say('remind.last', { count: reminders?.length ?? 0 })} <Instant atMs={last.receipt.time} seconds />
    </>
  )
}

function Count({ word, value }: { readonly word: string; readonly value: number }) {
  return (
    <div>
      <b>{value}</b>
      <span className="muted">{word}</span>
    </div>
  )
}
