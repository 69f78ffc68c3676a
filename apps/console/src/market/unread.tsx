import { Refused } from '@dujiang/client'
import { whyRefused } from '../api/why.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'
import { useReadable } from './readable.ts'
import { unreadWords } from './unread-words.ts'

/** Stands where something will that is being read, or why it cannot be: a place left blank would look like an empty ledger. */
export function Unread({ error = null }: { readonly error?: Error | null }) {
  const say = useWords(unreadWords)
  const shell = useWords(shellWords)
  const readable = useReadable()
  if (error === null) {
    return (
      <p className="muted" role="status">
        {shell('loading')}
      </p>
    )
  }
  const isRefused = error instanceof Refused
  return (
    <Empty title={say(isRefused ? 'refused' : 'silent')}>
      <p>{isRefused ? readable(whyRefused(error)) : say('silent.why')}</p>
      <code>{isRefused ? error.refusal.name : error.message}</code>
    </Empty>
  )
}
