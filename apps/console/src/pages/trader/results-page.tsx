import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { traderWords } from './trader-words.ts'

export function Component() {
  const say = useWords(traderWords)
  return (
    <Page title={say('results.title')}>
      <Empty title={say('results.empty')}>{say('results.empty.why')}</Empty>
    </Page>
  )
}
