import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'

/** Stands where a page has failed; the rest of the console goes on. */
export function PageFailed() {
  const say = useWords(shellWords)
  const error = useRouteError()
  return (
    <Empty
      title={say('page.failed')}
      action={<Button onClick={() => window.location.reload()}>{say('reload')}</Button>}
    >
      <p>{say('page.failed.remedy')}</p>
      <code>{error instanceof Error ? error.message : String(error)}</code>
    </Empty>
  )
}
