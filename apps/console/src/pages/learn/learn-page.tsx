import { Input } from 'antd'
import { useSearchParams } from 'react-router'
import { useWords } from '../../i18n/words.ts'
import { glossaryWords } from '../../learn/glossary-words.ts'
import { termNames } from '../../learn/term.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { learnWords } from './learn-words.ts'
import { TourList } from './tour-list.tsx'

export function Component() {
  const say = useWords(learnWords)
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Section title={say('tours')}>
        <TourList />
      </Section>
      <Glossary />
    </Page>
  )
}

function Glossary() {
  const say = useWords(learnWords)
  const term = useWords(glossaryWords)
  const [params, setParams] = useSearchParams()
  const sought = params.get('find') ?? ''
  const found = termNames.filter((name) =>
    `${term(name)} ${term(`${name}.means`)}`.toLowerCase().includes(sought.toLowerCase()),
  )
  const search = (
    <Input.Search
      className="glossary-search"
      aria-label={say('glossary.search')}
      placeholder={say('glossary.search')}
      allowClear
      value={sought}
      onChange={({ target }) => setParams(target.value === '' ? {} : { find: target.value }, { replace: true })}
    />
  )
  return (
    <Section title={say('glossary')} actions={search}>
      {found.length === 0 ? <p className="muted">{say('glossary.none')}</p> : null}
      <dl className="glossary">
        {found.map((name) => (
          <div key={name}>
            <dt>{term(name)}</dt>
            <dd>{term(`${name}.means`)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
