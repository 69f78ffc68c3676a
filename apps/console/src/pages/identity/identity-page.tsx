import { useWords } from '../../i18n/words.ts'
import { Page } from '../../ui/page.tsx'
import { identityWords } from './identity-words.ts'
import { KeyList } from './key-list.tsx'
import { SampleList } from './sample-list.tsx'

export function Component() {
  const say = useWords(identityWords)
  return (
    <Page title={say('title')} lead={say('lead')}>
      <SampleList />
      <KeyList />
    </Page>
  )
}
