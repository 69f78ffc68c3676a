import { Link } from 'react-router'
import { useLedger } from '../api/ledger.tsx'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { useIdentity } from '../keys/identity.ts'
import { marketWords } from '../market/market-words.ts'
import { useReadable } from '../market/readable.ts'
import { Note } from '../ui/note.tsx'
import { noticeWords } from './notice-words.ts'

/** Says on every page that the key of whoever has signed in is not taken, why, and what to do. */
export function KeyDenied() {
  const say = useWords(noticeWords)
  const shell = useWords(shellWords)
  const remedy = useWords(marketWords)
  const readable = useReadable()
  const { denial } = useLedger()
  const org = useIdentity()?.identity.org
  if (denial === undefined || org === undefined) return null
  return (
    <Note tone="bad" title={say('denial.title')}>
      <p>{readable(denial)}</p>
      <p>{remedy(`remedy.${denial.name}` as 'remedy.unknownKey')}</p>
      <p className="muted">{say('denial.why', { org })}</p>
      <p>
        <Link to="/identity">{shell('identity.switch')}</Link>
      </p>
    </Note>
  )
}
