import { formatInstant } from '@dujiang/core/time'
import { useReach } from '../api/reach.ts'
import { useWords } from '../i18n/words.ts'
import { Note } from '../ui/note.tsx'
import { useNow } from '../ui/use-now.ts'
import { noticeWords } from './notice-words.ts'

/** Whoever has looked away reads it all the same. */
const SAID_FOR_MS = 60_000
/** A connection that is made again at once is nobody's concern. */
const AWAY_MIN_MS = 1_500

/** Says for a minute that the node answers again, and how long it had not. */
export function NodeBack() {
  const say = useWords(noticeWords)
  const { state, sinceMs, awayMs = 0 } = useReach()
  const nowMs = useNow()
  if (state !== 'live' || awayMs < AWAY_MIN_MS || nowMs - sinceMs > SAID_FOR_MS) return null
  const time = formatInstant(sinceMs).slice(11, 19)
  return (
    <div role="status">
      <Note tone="good" title={say('back')}>
        <p>{say('back.why', { time, away: Math.round(awayMs / 1_000) })}</p>
      </Note>
    </div>
  )
}
