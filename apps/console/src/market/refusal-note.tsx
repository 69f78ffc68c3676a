import type { Why } from '../api/why.ts'
import { useWords } from '../i18n/words.ts'
import { Note } from '../ui/note.tsx'
import { marketWords } from './market-words.ts'
import { useReadable } from './readable.ts'

type Remedy = (typeof marketWords)['keys'][number] & `remedy.${string}`
const remedies = new Set<string>(marketWords.keys.filter((key) => key.startsWith('remedy.')))

/** A refusal in the rules' own words, and what can be done about it. `tried`: nothing was sent, it would be refused. */
export function RefusalNote({ why, tried = false }: { readonly why: Why; readonly tried?: boolean }) {
  const say = useWords(marketWords)
  const readable = useReadable()
  const own = `remedy.${why.name}`
  const remedy = (remedies.has(own) ? own : why.retry ? 'remedy.retry' : 'remedy.change') as Remedy
  return (
    <Note
      tone={tried ? 'warn' : 'bad'}
      title={say(tried ? 'try.refuse' : why.onRecord ? 'act.refused.on.record' : 'act.refused')}
    >
      <p>{readable(why)}</p>
      <p className="muted">
        {say(remedy)} <code>{why.name}</code>
      </p>
    </Note>
  )
}
