import { Button } from 'antd'
import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { watchedFetch } from '../api/reach.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'
import { noticeWords } from './notice-words.ts'

const AGAIN_MS = 2_000

/** Stands where a page has failed; the rest of the console goes on. */
export function PageFailed() {
  const say = useWords(shellWords)
  const notice = useWords(noticeWords)
  const error = useRouteError()
  const isUnread = isNotRead(error)
  useEffect(() => (isUnread ? loadOnReturn() : undefined), [isUnread])
  const again = <Button onClick={() => window.location.reload()}>{say('reload')}</Button>
  if (isUnread) {
    return (
      <Empty title={notice('unread')} action={again}>
        {notice('unread.why')}
      </Empty>
    )
  }
  return (
    <Empty title={say('page.failed')} action={again}>
      <p>{say('page.failed.remedy')}</p>
      <code>{error instanceof Error ? error.message : String(error)}</code>
    </Empty>
  )
}

/** A page's own code comes from the node when it is first opened; browsers say in words of their own that it did not. */
const isNotRead = (error: unknown): boolean =>
  error instanceof TypeError && /module/.test(error.message) && /fetch|import/i.test(error.message)

/** Asks until the node answers, and loads the page anew; one that answers at once has another build, and loading anew is for a person to decide. */
function loadOnReturn(): () => void {
  let wasSilent = false
  const ask = async (): Promise<void> => {
    try {
      await watchedFetch('/v1/status', { signal: AbortSignal.timeout(AGAIN_MS) })
      if (wasSilent) window.location.reload()
    } catch {
      wasSilent = true
    }
  }
  void ask()
  const timer = setInterval(() => void ask(), AGAIN_MS)
  return () => clearInterval(timer)
}
