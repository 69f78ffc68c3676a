import { Button } from 'antd'
import { useEffect, useSyncExternalStore } from 'react'
import { formOf, onSendings, putAway, resumeActs, sendingsNow } from '../api/outbox.ts'
import { type Sending, isUnderWay } from '../api/sending.ts'
import { useWords } from '../i18n/words.ts'
import { dropDrafts } from '../kept/drafts.ts'
import { ActProgress } from '../market/act-progress.tsx'
import { noticeWords } from './notice-words.ts'

let hasResumed = false

/** Acts on their way that no form on this page shows: of a form that was left, or of before the page was loaded again. */
export function UnderWay() {
  const say = useWords(noticeWords)
  const { all, forms } = useSyncExternalStore(onSendings, sendingsNow)
  useEffect(() => {
    if (hasResumed) return
    hasResumed = true
    void resumeActs()
    dropDrafts(Date.now()).catch(() => {})
  }, [])
  const loose = all.filter((each) => !forms.has(formOf(each)))
  if (loose.length === 0) return null
  return (
    <section className="under-way" aria-label={say('under.way')}>
      {loose.map((each) => (
        <Loose key={each.serial} sending={each} />
      ))}
    </section>
  )
}

function Loose({ sending }: { readonly sending: Sending }) {
  const say = useWords(noticeWords)
  const { state, org, about, payload } = sending
  const { session, unit } = payload as { readonly session?: string; readonly unit?: string }
  const form = about.split('/')[0] ?? ''
  const what = [say(`about.${form}` as 'about.order'), session, unit].filter((part) => part !== undefined).join(' ')
  const id = 'id' in state && state.id !== undefined ? `${state.id.slice(0, 8)}…` : '—'
  return (
    <div className="note" data-tone="plain">
      <strong>{say('under.way.of', { what, org, id })}</strong>
      <ActProgress state={state} />
      {isUnderWay(state) ? null : (
        <Button size="small" onClick={() => putAway(sending)}>
          {say('under.way.seen')}
        </Button>
      )}
    </div>
  )
}
