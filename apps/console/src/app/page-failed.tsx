import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate, useRouteError } from 'react-router'
import { watchedFetch } from '../api/reach.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'
import { noticeWords } from './notice-words.ts'

const AGAIN_MS = 2_000

/** Pages whose code was asked for a second time: what does not come then is of a build that is gone. */
const askedTwice = new Set<string>()

/** Stands where a page has failed; the rest of the console goes on. */
export function PageFailed() {
  const say = useWords(shellWords)
  const notice = useWords(noticeWords)
  const error = useRouteError()
  const isGone = useLoading(error)
  const again = <Button onClick={() => window.location.reload()}>{say('reload')}</Button>
  if (isNotRead(error)) {
    return (
      <Empty title={notice('unread')} action={again}>
        {notice(isGone ? 'unread.gone' : 'unread.why')}
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

/**
 * Loads a page whose code has not come: in its place where the node answers, anew once it answers again. Gives whether the node
 * answers and the code does not come: then another build is served, and to load that is for a person to decide, since who has
 * opened a key has to open it again.
 */
function useLoading(error: unknown): boolean {
  const { pathname, search } = useLocation()
  const go = useNavigate()
  const [isGone, setGone] = useState(false)
  useEffect(() => {
    if (!isNotRead(error)) return undefined
    return onAnswer((wasSilent) => {
      if (wasSilent) return window.location.reload()
      if (askedTwice.has(pathname)) return setGone(true)
      askedTwice.add(pathname)
      void go(pathname + search, { replace: true })
    })
  }, [error, pathname, search, go])
  return isGone
}

/** A page's own code comes from the node when it is first opened; browsers say in words of their own that it did not. */
const isNotRead = (error: unknown): boolean =>
  error instanceof TypeError && /module/.test(error.message) && /fetch|import/i.test(error.message)

/** Asks until the node answers, and tells then whether it had been silent. */
function onAnswer(tell: (wasSilent: boolean) => void): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async (wasSilent: boolean): Promise<void> => {
    const isThere = await watchedFetch('/v1/status', { signal: AbortSignal.timeout(AGAIN_MS) }).then(
      () => true,
      () => false,
    )
    if (isOver) return
    if (isThere) tell(wasSilent)
    else timer = setTimeout(() => void ask(true), AGAIN_MS)
  }
  void ask(false)
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
