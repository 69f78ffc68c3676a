import { ForRoles } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { dispatchWords } from './dispatch-words.ts'

export function Component() {
  const say = useWords(dispatchWords)
  return (
    <Page title={say('checks.title')}>
      <ForRoles roles={['dispatcher']}>
        <Empty title={say('checks.empty')}>{say('checks.empty.why')}</Empty>
      </ForRoles>
    </Page>
  )
}
