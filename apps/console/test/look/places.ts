import type { Page } from 'playwright-core'
import { recordedDays } from './recorded-days.ts'
import { type Facts, UNIT, sessions } from './scene.ts'

/** Who looks: nobody in particular, one who is led by a tour, or a person of the sample province. */
export type Who = 'reader' | 'learner' | 'trader' | 'clerk' | 'dispatcher'

/** What the ledger must have come to before the page is worth looking at. */
export type Stage = 'begun' | 'bids' | 'results'

/** A page of the console, or a state of one. */
export interface Place {
  /** Also of its pictures. */
  readonly name: string
  readonly who: Who
  readonly stage: Stage
  readonly path: string | ((facts: Facts) => string)
  /** What is there once the page is whole. */
  readonly whole: string
  /** What is done there before it is looked at, in Chinese. */
  readonly act?: (page: Page) => Promise<void>
  /** Something lies over the page: only the window is looked at. */
  readonly isWindow?: true
  /** Looked at in the dark too. */
  readonly dark?: true
}

const ROWS = '.dense tbody tr'
const { published, drafted, cleared, open, voided, announced } = sessions
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()

const atOnce: readonly Place[] = [
  { name: 'identity', who: 'reader', stage: 'begun', path: '/identity', whole: '.samples li:nth-child(6)' },
  {
    name: 'identity-new-key',
    who: 'reader',
    stage: 'begun',
    path: '/identity',
    whole: '.ant-modal input',
    act: press('新建密钥'),
    isWindow: true,
  },
  { name: 'sign-in-first', who: 'reader', stage: 'begun', path: '/orders', whole: '.empty' },
  { name: 'not-found', who: 'reader', stage: 'begun', path: '/nowhere', whole: '.empty' },
  { name: 'learn', who: 'reader', stage: 'begun', path: '/learn', whole: '.glossary dt' },
  { name: 'settings', who: 'reader', stage: 'begun', path: '/settings', whole: '.facts' },
  {
    name: 'tour',
    who: 'learner',
    stage: 'begun',
    path: '/learn',
    whole: '.tour h2',
    act: (page) => page.locator('.tours button').first().click(),
    isWindow: true,
  },
  { name: 'recorded', who: 'reader', stage: 'begun', path: '/recorded', whole: ROWS },
  {
    name: 'recorded-day',
    who: 'reader',
    stage: 'begun',
    path: `/recorded/${recordedDays[1]}`,
    whole: `.page canvas`,
    dark: true,
  },
  { name: 'ledger-validators', who: 'reader', stage: 'begun', path: '/ledger/validators', whole: ROWS },
  { name: 'ledger-organisations', who: 'reader', stage: 'begun', path: '/ledger/orgs', whole: ROWS },
  {
    name: 'ledger-organisation',
    who: 'reader',
    stage: 'begun',
    path: '/ledger/orgs/DADUHE',
    whole: `.section + .section ${ROWS}`,
  },
  { name: 'verify', who: 'reader', stage: 'begun', path: '/verify', whole: '.waiting button' },
  { name: 'api', who: 'reader', stage: 'begun', path: '/docs', whole: '#main h3' },
  {
    name: 'desk-announce',
    who: 'clerk',
    stage: 'begun',
    path: '/desk/announce?template=month',
    whole: '.sheet .facts',
  },
]

const whileOpen: readonly Place[] = [
  { name: 'sessions', who: 'trader', stage: 'bids', path: '/sessions', whole: '.board-mine', dark: true },
  { name: 'session', who: 'trader', stage: 'bids', path: `/sessions/${open}`, whole: `.section + .section ${ROWS}` },
  {
    name: 'bid',
    who: 'trader',
    stage: 'results',
    path: ({ order }) => `/sessions/${open}/bid?unit=${UNIT}&order=${order}`,
    whole: '.room-bar',
    dark: true,
  },
  {
    name: 'bid-paste',
    who: 'trader',
    stage: 'results',
    path: ({ order }) => `/sessions/${open}/bid?unit=${UNIT}&order=${order}`,
    whole: '.paste-ladder [data-mark]',
    act: pasteBlock,
    isWindow: true,
  },
  {
    name: 'desk-units',
    who: 'clerk',
    stage: 'bids',
    path: `/desk/${announced}/units?unit=${UNIT}`,
    whole: '.unit-limits input',
  },
  { name: 'desk-change', who: 'clerk', stage: 'bids', path: `/desk/${open}/change`, whole: 'textarea' },
  { name: 'desk-session', who: 'clerk', stage: 'bids', path: `/desk/${open}`, whole: `.remind ~ *, .remind` },
  { name: 'desk-approve-change', who: 'clerk', stage: 'bids', path: `/desk/${announced}`, whole: '.moves' },
]

const onceClosed: readonly Place[] = [
  { name: 'orders', who: 'trader', stage: 'results', path: '/orders', whole: ROWS },
  {
    name: 'order-receipt',
    who: 'trader',
    stage: 'results',
    path: ({ pastOrder }) => `/orders/${pastOrder}`,
    whole: '.receipt-order tbody tr',
  },
  { name: 'results', who: 'trader', stage: 'results', path: '/results', whole: ROWS },
  {
    name: 'result',
    who: 'trader',
    stage: 'results',
    path: `/results/${published}`,
    whole: `.trades ${ROWS}`,
    dark: true,
  },
  { name: 'result-periods', who: 'trader', stage: 'results', path: `/results/${published}?view=periods`, whole: ROWS },
  {
    name: 'result-period',
    who: 'trader',
    stage: 'results',
    path: `/results/${published}?view=one&period=20`,
    whole: '.whatif .dense td',
    dark: true,
  },
  { name: 'desk', who: 'clerk', stage: 'results', path: '/desk?show=all', whole: ROWS },
  { name: 'desk-session-closed', who: 'clerk', stage: 'results', path: `/desk/${cleared}`, whole: '.page canvas' },
  { name: 'desk-session-void', who: 'clerk', stage: 'results', path: `/desk/${voided}`, whole: '.change' },
  { name: 'bulletins', who: 'clerk', stage: 'results', path: '/bulletins', whole: ROWS },
  { name: 'bulletin-approve', who: 'clerk', stage: 'results', path: `/bulletins/${drafted}`, whole: '.bulletin' },
  { name: 'bulletin', who: 'clerk', stage: 'results', path: `/bulletins/${published}`, whole: '.bulletin-verify svg' },
  { name: 'checks', who: 'dispatcher', stage: 'results', path: '/checks', whole: `.section + .section ${ROWS}` },
  { name: 'check', who: 'dispatcher', stage: 'results', path: `/checks/${cleared}`, whole: '.page canvas' },
  { name: 'ledger', who: 'reader', stage: 'results', path: '/ledger', whole: ROWS },
  { name: 'ledger-blocks', who: 'reader', stage: 'results', path: '/ledger/blocks', whole: ROWS },
  {
    name: 'ledger-block',
    who: 'reader',
    stage: 'results',
    path: ({ publishedHeight }) => `/ledger/blocks/${publishedHeight}`,
    whole: ROWS,
  },
  {
    name: 'ledger-receipt',
    who: 'reader',
    stage: 'results',
    path: ({ publishedId }) => `/ledger/receipts/${publishedId}`,
    whole: '.evidence .trust',
    act: (page) => page.locator('.verify-actions button').first().click(),
  },
  {
    name: 'ledger-refused',
    who: 'reader',
    stage: 'results',
    path: ({ refused }) => `/ledger/receipts/${refused}`,
    whole: '.note[data-tone="bad"]',
  },
  {
    name: 'verify-holds',
    who: 'reader',
    stage: 'results',
    path: ({ pastOrder }) => `/verify#id=${pastOrder}`,
    whole: '.tamper button',
    dark: true,
  },
  {
    name: 'verify-breaks',
    who: 'reader',
    stage: 'results',
    path: ({ refused }) => `/verify#id=${refused}`,
    whole: '[data-step][data-state="broken"]',
    act: (page) => page.locator('.tamper button').nth(2).click(),
  },
]

/** Every page of the console, in the order in which the ledger has something to show there. */
export const places: readonly Place[] = [...atOnce, ...whileOpen, ...onceClosed]

/** A block from a spreadsheet with a price above the limit and a volume that is no number. */
async function pasteBlock(page: Page): Promise<void> {
  await press('粘贴 Excel')(page)
  const lines = ['时段\t价格\t电量', '00:00-01:00\t352.5\t1,200', '01:00-02:00\t900\t1,100', '02:00-03:00\t348\t约900']
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '粘贴到此处' }).fill(lines.join('\n'))
  await dialog.getByRole('button', { name: '粘贴预览' }).click()
}
