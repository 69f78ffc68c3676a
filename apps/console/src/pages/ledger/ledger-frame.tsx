import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useWords } from '../../i18n/words.ts'
import { Page } from '../../ui/page.tsx'
import { ledgerWords } from './ledger-words.ts'
import '../../styles/ledger.css'

const tabs = [
  ['/ledger', 'tab.receipts'],
  ['/ledger/blocks', 'tab.blocks'],
  ['/ledger/validators', 'tab.validators'],
  ['/ledger/orgs', 'tab.orgs'],
] as const

interface FrameProps {
  readonly title?: string
  readonly lead?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page of the ledger, with the way to the others. */
export function LedgerFrame({ title, lead, actions, children }: FrameProps) {
  const say = useWords(ledgerWords)
  const { pathname } = useLocation()
  const here = tabs.map(([to]) => to).find((to) => to !== '/ledger' && pathname.startsWith(to)) ?? '/ledger'
  return (
    <Page title={title ?? say('title')} lead={lead} actions={actions}>
      <nav className="ledger-tabs" aria-label={say('tab.label')}>
        {tabs.map(([to, word]) => (
          <Link key={to} to={to} aria-current={to === here ? 'page' : undefined}>
            {say(word)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}
