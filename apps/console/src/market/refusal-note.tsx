import type { Why } from '../api/act.ts'
import { usePick, useWords } from '../i18n/words.ts'
import { Note } from '../ui/note.tsx'
import { marketWords } from './market-words.ts'

type Remedy = Extract<(typeof marketWords)['keys'][number], `remedy.${string}`>

const remedies = new Set<string>(marketWords.keys.filter((key) => key.startsWith('remedy.')))

/** A refusal in the rules' own words, and what can be done about it. */
export function RefusalNote({ why }: { readonly why: Why }) {
  const say = useWords(marketWords)
  const pick = usePick()
  const own = `remedy.${why.name}`
  const remedy = (remedies.has(own) ? own : why.retry ? 'remedy.retry' : 'remedy.change') as Remedy
  return (
    <Note tone="bad" title={say(why.onRecord ? 'act.refused.on.record' : 'act.refused')}>
      <p>{pick(why)}</p>
      <p className="muted">
        {say(remedy)} <code>{why.name}</code>
      </p>
    </Note>
  )
}
