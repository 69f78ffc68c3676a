import { Link, useLocation } from 'react-router'
import { shellWords } from '../i18n/shell-words.ts'
import { useWords } from '../i18n/words.ts'
import { Empty } from '../ui/empty.tsx'

export function NotFound() {
  const say = useWords(shellWords)
  const { pathname } = useLocation()
  return (
    <Empty title={say('not.found')} action={<Link to="/sessions">{say('go.sessions')}</Link>}>
      {say('not.found.remedy', { path: pathname })}
    </Empty>
  )
}
