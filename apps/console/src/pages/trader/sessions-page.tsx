import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { traderWords } from './trader-words.ts'

export function Component() {
  const say = useWords(traderWords)
  return (
    <Page title={say('sessions.title')}>
      <Empty title={say('sessions.empty')}>{say('sessions.empty.why')}</Empty>
    </Page>
  )
}
