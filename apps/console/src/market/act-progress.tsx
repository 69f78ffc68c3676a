import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useLive } from '../api/live.ts'
import { type ActState, isDone } from '../api/sending.ts'
import { useWords } from '../i18n/words.ts'
import { HashText } from '../ui/hash.tsx'
import { Instant } from '../ui/instant.tsx'
import { Note } from '../ui/note.tsx'
import { marketWords } from './market-words.ts'
import { RefusalNote } from './refusal-note.tsx'

const STEPS = ['signed', 'accepted', 'committed', 'provable'] as const

/** How far an act has come, as it happens: signed → taken in → committed → provable; or why not. */
export function ActProgress({ state }: { readonly state: ActState }) {
  const say = useWords(marketWords)
  if (state.step === 'idle') return null
  if (state.step === 'waiting' || state.step === 'unsent') {
    return (
      <Note tone={state.step === 'waiting' ? 'plain' : 'bad'} title={say(`act.${state.step}`)}>
        <p>{say(`act.${state.step}.why`)}</p>
      </Note>
    )
  }
  if (state.step === 'lost') {
    return (
      <Note tone="bad" title={say('act.lost')}>
        <p>{say('act.lost.remedy')}</p>
        <HashText value={state.id} />
      </Note>
    )
  }
  if (state.step === 'refused') {
    return (
      <>
        <RefusalNote why={state.why} />
        {state.committed === undefined ? null : <ReceiptLine id={state.committed.id} />}
      </>
    )
  }
  const reached = STEPS.indexOf(state.step as (typeof STEPS)[number])
  return (
    <div className="progress" aria-live="polite">
      <ol aria-label={say('act.label')}>
        {STEPS.map((step, at) => (
          <li key={step} data-reached={at <= reached} aria-current={at === reached ? 'step' : undefined}>
            {say(`act.${step}`)}
          </li>
        ))}
      </ol>
      {state.step === 'accepted' && state.intake.mayNotCount === true ? (
        <p className="muted">{say('act.may.not.count')}</p>
      ) : null}
      {state.step === 'signed' || state.step === 'accepted' ? (
        <WhileSilent>
          {say('act.silent')} <Instant atMs={state.expires} seconds />
        </WhileSilent>
      ) : null}
      {isDone(state) ? <ReceiptLine id={state.id} /> : null}
    </div>
  )
}

/** Only while the node does not answer. */
function WhileSilent({ children }: { readonly children: ReactNode }) {
  return useLive() === 'broken' ? <p className="muted">{children}</p> : null
}

function ReceiptLine({ id }: { readonly id: string }) {
  const say = useWords(marketWords)
  return (
    <p>
      <HashText value={id} /> <Link to={`/ledger/receipts/${id}`}>{say('act.receipt')}</Link>
    </p>
  )
}
