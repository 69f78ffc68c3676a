import type { Role } from '@dujiang/market'
import type { shellWords } from '../i18n/shell-words.ts'

type Word = (typeof shellWords)['keys'][number]

/** One place of the rail. `roles`: shown to these, and to whoever has not signed in. */
export interface Place {
  readonly to: string
  readonly word: Word
  readonly icon: IconName
}

export type IconName =
  | 'sessions'
  | 'orders'
  | 'results'
  | 'desk'
  | 'bulletins'
  | 'checks'
  | 'recorded'
  | 'ledger'
  | 'verify'
  | 'learn'
  | 'settings'

export interface PlaceGroup {
  readonly word: Word
  /** Undefined: for everybody. */
  readonly role?: Role
  readonly places: readonly Place[]
}

/** What the rail offers. */
export const placeGroups: readonly PlaceGroup[] = [
  {
    word: 'rail.market',
    places: [
      { to: '/sessions', word: 'rail.sessions', icon: 'sessions' },
      { to: '/orders', word: 'rail.orders', icon: 'orders' },
      { to: '/results', word: 'rail.results', icon: 'results' },
    ],
  },
  {
    word: 'rail.exchange',
    role: 'exchange',
    places: [
      { to: '/desk', word: 'rail.desk', icon: 'desk' },
      { to: '/bulletins', word: 'rail.bulletins', icon: 'bulletins' },
    ],
  },
  { word: 'rail.dispatch', role: 'dispatcher', places: [{ to: '/checks', word: 'rail.checks', icon: 'checks' }] },
  {
    word: 'rail.evidence',
    places: [
      { to: '/recorded', word: 'rail.recorded', icon: 'recorded' },
      { to: '/ledger', word: 'rail.ledger', icon: 'ledger' },
      { to: '/verify.html', word: 'rail.verify', icon: 'verify' },
    ],
  },
  {
    word: 'rail.help',
    places: [
      { to: '/learn', word: 'rail.learn', icon: 'learn' },
      { to: '/settings', word: 'rail.settings', icon: 'settings' },
    ],
  },
]
