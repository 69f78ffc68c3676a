import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useStatus } from '../../api/queries.ts'
import { goKeys } from '../../app/go-keys.ts'
import { shellWords } from '../../i18n/shell-words.ts'
import { useWords } from '../../i18n/words.ts'
import {
  type Appearance,
  type EnergyShown,
  type Language,
  setPreferences,
  usePreferences,
} from '../../preferences/preferences.ts'
import { Facts } from '../../ui/facts.tsx'
import { HashText } from '../../ui/hash.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { settingsWords } from './settings-words.ts'

const APPEARANCES: readonly Appearance[] = ['system', 'light', 'dark']

export function Component() {
  const say = useWords(settingsWords)
  const shell = useWords(shellWords)
  const { language, energy, appearance } = usePreferences()
  const names = { MWh: language === 'zh' ? '兆瓦时' : 'MWh', 万千瓦时: language === 'zh' ? '万千瓦时' : '10⁴ kWh' }
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Section title={say('display')}>
        <Choice label={say('language')}>
          <Segmented<Language>
            aria-label={say('language')}
            value={language}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(chosen) => setPreferences({ language: chosen })}
          />
        </Choice>
        <Choice label={say('energy')} note={say('energy.note')}>
          <Segmented<EnergyShown>
            aria-label={say('energy')}
            value={energy}
            options={(['MWh', '万千瓦时'] as const).map((value) => ({ value, label: names[value] }))}
            onChange={(chosen) => setPreferences({ energy: chosen })}
          />
        </Choice>
        <Choice label={say('appearance')}>
          <Segmented<Appearance>
            aria-label={say('appearance')}
            value={appearance}
            options={APPEARANCES.map((value) => ({ value, label: shell(`appearance.${value}`) }))}
            onChange={(chosen) => setPreferences({ appearance: chosen })}
          />
        </Choice>
      </Section>
      <Section title={say('keyboard')}>
        <p>{say('keyboard.go')}</p>
        <ul className="go-keys">
          {goKeys.map(({ key, word }) => (
            <li key={key}>
              <kbd>g</kbd> <kbd>{key}</kbd> {shell(word)}
            </li>
          ))}
        </ul>
        <p>{say('keyboard.table')}</p>
        <p>{say('keyboard.grid')}</p>
      </Section>
      <NodeFacts />
    </Page>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly note?: string
  readonly children: ReactNode
}

function Choice({ label, note, children }: ChoiceProps) {
  return (
    <div className="choice">
      <span>{label}</span>
      {children}
      {note === undefined ? null : <span className="muted">{note}</span>}
    </div>
  )
}

function NodeFacts() {
  const say = useWords(settingsWords)
  const { data: status } = useStatus()
  if (status === undefined) return null
  const { name, chain, height, appHash, receipts, projections } = status
  return (
    <Section title={say('node')}>
      <Facts
        rows={[
          [say('node.ledger'), name],
          [say('node.chain'), <HashText key="chain" value={chain} />],
          [say('node.height'), height],
          [say('node.hash'), <HashText key="hash" value={appHash} />],
          [say('node.receipts'), receipts],
          ...(projections === undefined ? [] : [[say('node.lists'), projections.lag] as const]),
          [
            say('node.api'),
            <a key="api" href="/docs">
              /docs
            </a>,
          ],
        ]}
      />
    </Section>
  )
}
