import { ForRoles } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { clerkWords } from './clerk-words.ts'

export function Component() {
  const say = useWords(clerkWords)
  return (
    <Page title={say('bulletins.title')}>
      <ForRoles roles={['exchange']}>
        <Empty title={say('bulletins.empty')}>{say('bulletins.empty.why')}</Empty>
      </ForRoles>
    </Page>
  )
}
