import { Link } from 'react-router'
import type { ActState } from '../api/act.ts'
import { useWords } from '../i18n/words.ts'
import { HashText } from '../ui/hash.tsx'
import { Note } from '../ui/note.tsx'
import { marketWords } from './market-words.ts'
import { RefusalNote } from './refusal-note.tsx'

const STEPS = ['signed', 'accepted', 'committed', 'provable'] as const

/** How far an act has come, as it happens: signed → taken in → committed → provable; or why not. */
export function ActProgress({ state }: { readonly state: ActState }) {
  const say = useWords(marketWords)
  if (state.step === 'idle') return null
  if (state.step === 'lost') {
    return (
      <Note tone="bad" title={say('act.lost')}>
        <p>{say('act.lost.remedy')}</p>
        <p className="muted">{state.message}</p>
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
      {state.step === 'committed' || state.step === 'provable' ? <ReceiptLine id={state.id} /> : null}
    </div>
  )
}

function ReceiptLine({ id }: { readonly id: string }) {
  const say = useWords(marketWords)
  return (
    <p>
      <HashText value={id} /> <Link to={`/ledger/receipts/${id}`}>{say('act.receipt')}</Link>
    </p>
  )
}
