import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { onReceipt } from '../../api/live.ts'
import { useActsOn } from '../../api/sessions.ts'
import { uiWords } from '../../i18n/ui-words.ts'
import { useWords } from '../../i18n/words.ts'
import { Instant } from '../../ui/instant.tsx'
import { Note } from '../../ui/note.tsx'
import { REMIND, remindedMs } from './reminder.ts'
import { traderWords } from './trader-words.ts'

interface RemindedProps {
  readonly session: string
  /** Units that are invited and have not bid. */
  readonly missing: readonly { readonly id: string; readonly name: string }[]
}

/** The exchange's reminder (催报), to those whom it means: it knows numbers only, each sees by its own book whether it is meant. */
export function Reminded({ session, missing }: RemindedProps) {
  const say = useWords(traderWords)
  const comma = useWords(uiWords)('list.comma')
  const lastMs = useLastReminderMs(session)
  const [first] = missing
  if (lastMs === undefined || first === undefined) return null
  return (
    <div role="status">
      <Note tone="warn">
        {say('reminded.at')} <Instant atMs={lastMs} seconds />{' '}
        {say('reminded.missing', { units: missing.map(({ name }) => name).join(comma) })}{' '}
        <Link to={`/sessions/${session}/bid?unit=${first.id}`}>{say('reminded.bid')}</Link>
      </Note>
    </div>
  )
}

/** By the lists; a node that keeps none tells of what comes while the page is open. */
function useLastReminderMs(session: string): number | undefined {
  const listedMs = useActsOn(session, REMIND)?.[0]?.receipt.time
  const [heardMs, setHeardMs] = useState<number>()
  useEffect(() => {
    return onReceipt((listed) => {
      const atMs = remindedMs(listed, session)
      if (atMs !== undefined) setHeardMs(atMs)
    })
  }, [session])
  return heardMs ?? listedMs
}
