import { ForMembers } from '../../app/access.tsx'
import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { traderWords } from './trader-words.ts'

export function Component() {
  const say = useWords(traderWords)
  return (
    <Page title={say('orders.title')}>
      <ForMembers>
        <Empty title={say('orders.empty')}>{say('orders.empty.why')}</Empty>
      </ForMembers>
    </Page>
  )
}
