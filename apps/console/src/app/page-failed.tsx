import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate, useRouteError } from 'react-router'
import { doesAnswer } from '../api/reach.ts'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'
import { noticeWords } from './notice-words.ts'

const AGAIN_MS = 2_000

/** Pages whose code was asked for a second time: what does not come then is of a build that is gone. Forgotten when they are left. */
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
  const [gone, setGone] = useState<string>()
  useEffect(() => {
    if (!isNotRead(error)) return undefined
    let isOver = false
    const address = window.location.pathname
    const load = async (): Promise<void> => {
      for (let wasSilent = false; ; await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))) {
        const isThere = !isOver && (await doesAnswer())
        if (isOver) return
        if (isThere && wasSilent) return window.location.reload()
        if (isThere && !askedTwice.has(pathname)) {
          askedTwice.add(pathname)
          return go(pathname + search, { replace: true })
        }
        setGone(isThere ? pathname : undefined)
        wasSilent = !isThere
      }
    }
    void load()
    return () => {
      isOver = true
      if (window.location.pathname !== address) askedTwice.delete(pathname)
    }
  }, [error, pathname, search, go])
  return gone === pathname
}

/** A page's own code comes from the node when it is first opened; browsers say in words of their own that it did not. */
const isNotRead = (error: unknown): boolean =>
  error instanceof TypeError && /module/.test(error.message) && /fetch|import/i.test(error.message)
