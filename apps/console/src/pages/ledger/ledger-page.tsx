import { useWords } from '../../i18n/words.ts'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { ledgerWords } from './ledger-words.ts'

export function Component() {
  const say = useWords(ledgerWords)
  return (
    <Page title={say('ledger.title')}>
      <Empty title={say('ledger.empty')}>{say('ledger.empty.why')}</Empty>
    </Page>
  )
}
