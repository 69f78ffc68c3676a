import type { Bulletin, Session, Tally, Unit, UnitBook } from '@dujiang/market'
import { signInAsSample } from '../../keys/sample.ts'
import type { Hands } from './hands.ts'
import { announceSample, bidSample, biddersOf, invited } from './sample-session.ts'
import type { Found, TourState } from './tour-state.ts'
import type { StepName, TourName } from './tours.ts'

/** What a step looks at and works with. */
export interface Scene {
  readonly tour: TourState
  readonly hands: Hands
  /** The organisation that has signed in, with the roles the ledger gives it. */
  readonly org: { readonly id: string; readonly roles: readonly string[] } | undefined
  /** The page that stands open. */
  readonly at: string
}

export interface Step {
  /** The page where a person does it. */
  readonly to: (tour: TourState) => string
  /** Has it been done, on the ledger or at this browser? With what the steps after it need to know. */
  readonly done: (scene: Scene) => Promise<boolean | Found>
  /** Does it, signed by sample people; absent where it only takes waiting. */
  readonly act?: (scene: Scene) => Promise<void>
  /** It takes a session before its gate. Whoever has read for too long gets another one; its id. */
  readonly anew?: (scene: Scene) => Promise<string>
}

const MINUTE_MS = 60_000
const TRADER_GATE_MS = 10 * MINUTE_MS
const CLERK_GATE_MS = MINUTE_MS
const sessionOf = ({ session }: TourState): string => session ?? ''

const rolesOf: { readonly [name in TourName]: readonly string[] } = {
  trader: ['generator', 'retailer', 'user'],
  clerk: ['exchange'],
}

export const steps: { readonly [name in StepName]: Step } = {
  who: {
    to: () => '/identity',
    done: async ({ tour, org }) => org !== undefined && org.roles.some((role) => rolesOf[tour.name].includes(role)),
    act: async ({ tour, hands }) => {
      if (tour.name === 'clerk') return signInAsSample(hands.of({ role: 'exchange' }))
      const seller = (await invited(hands)).find(({ value }) => value.side === 'sell')
      if (seller !== undefined) signInAsSample(hands.of({ org: seller.value.org }))
    },
  },
  find: {
    to: () => '/sessions',
    done: ({ hands, org }) => findOpen(hands, org?.id ?? ''),
    act: async ({ hands, org }) => void (await announceSample(hands, TRADER_GATE_MS, org?.id)),
  },
  bid: {
    to: (tour) => `/sessions/${sessionOf(tour)}/bid`,
    done: async ({ tour, hands, org }) => {
      const order = (await booksOf(hands, sessionOf(tour), org?.id ?? ''))[0]?.orders.at(-1)
      return order === undefined ? false : { order: order.id }
    },
    act: async ({ tour, hands, org }) => {
      const unit = (await unitsIn(hands, sessionOf(tour), org?.id ?? ''))[0]
      if (unit !== undefined) await bidSample(hands, sessionOf(tour), unit, 0)
    },
    anew: ({ hands, org }) => announceSample(hands, TRADER_GATE_MS, org?.id),
  },
  // Where the verifier stands beside the receipt: before the gate nobody else would be shown it.
  proof: {
    to: ({ order }) => receiptPage(order),
    done: async ({ tour, at }) => tour.order !== undefined && at === receiptPage(tour.order),
  },
  announce: {
    to: () => '/desk',
    done: ({ tour, hands, org }) => findAnnounced(hands, org?.id ?? '', tour.begunMs),
    act: async ({ hands }) => void (await announceSample(hands, CLERK_GATE_MS)),
  },
  others: {
    to: (tour) => `/desk/${sessionOf(tour)}`,
    done: async ({ tour, hands }) => {
      const tally = await hands.row<Tally>(`auction/tally/${sessionOf(tour)}`)
      return (tally?.submitted ?? 0) > 0
    },
    act: async ({ tour, hands }) => {
      const session = sessionOf(tour)
      for (const [nth, unit] of (await biddersOf(hands, session)).entries()) {
        // Nobody bids twice, when the page was closed in between.
        if ((await booksOf(hands, session, unit.value.org)).length === 0) await bidSample(hands, session, unit, nth % 3)
      }
    },
    anew: ({ hands }) => announceSample(hands, CLERK_GATE_MS),
  },
  gate: {
    to: (tour) => `/desk/${sessionOf(tour)}`,
    done: async ({ tour, hands }) => (await statusOf(hands, tour)) !== 'announced',
  },
  check: {
    to: () => '/checks',
    done: async ({ tour, hands }) => ['checked', 'published'].includes((await statusOf(hands, tour)) ?? ''),
    act: async ({ tour, hands }) => {
      const payload = { ...(await resultIn(hands, tour)), remark: '各断面均在限额内（示例）' }
      await hands.act(hands.of({ role: 'dispatcher' }), 'auction.check.pass', payload)
    },
  },
  publish: {
    to: (tour) => `/desk/${sessionOf(tour)}`,
    done: async ({ tour, hands }) => (await statusOf(hands, tour)) === 'published',
    act: async ({ tour, hands }) => {
      const payload = await resultIn(hands, tour)
      const words = { number: `引导〔${sessionOf(tour)}〕`, text: '已完成出清与安全校核，现予公告（练习）。' }
      await hands.act(hands.of({ role: 'exchange' }, 0), 'auction.bulletin.prepare', { ...payload, ...words })
      const bulletin = await hands.row<Bulletin>(`auction/bulletin/${sessionOf(tour)}`)
      const approved = { ...payload, bulletin: bulletin?.digest ?? '' }
      await hands.act(hands.of({ role: 'exchange' }, 1), 'auction.bulletin.approve', approved)
    },
  },
}

const receiptPage = (order = ''): string => `/ledger/receipts/${order}`

/** Has the gate come before a step was done that takes an open session? */
export async function isTooLate({ anew }: Step, { hands, tour }: Scene): Promise<boolean> {
  return anew !== undefined && (await statusOf(hands, tour)) !== 'announced'
}

async function statusOf(hands: Hands, tour: TourState): Promise<Session['status'] | undefined> {
  return (await hands.row<Session>(`auction/session/${sessionOf(tour)}`))?.status
}

async function resultIn(hands: Hands, tour: TourState) {
  const session = await hands.row<Session>(`auction/session/${sessionOf(tour)}`)
  return { session: sessionOf(tour), result: session?.result ?? '' }
}

/** A session that takes orders of this organisation now or soon. */
async function findOpen(hands: Hands, org: string): Promise<false | { readonly session: string }> {
  for (const { key, value } of await upcoming(hands)) {
    if (value.gateMs > Date.now() + MINUTE_MS && (await unitsIn(hands, key, org)).length > 0) return { session: key }
  }
  return false
}

/** A session that this exchange has announced since the tour began: it opens later than that. */
async function findAnnounced(
  hands: Hands,
  org: string,
  sinceMs: number,
): Promise<false | { readonly session: string }> {
  const mine = (await upcoming(hands)).filter(({ value }) => value.org === org && value.opensMs > sinceMs).at(-1)
  return mine === undefined ? false : { session: mine.key }
}

async function upcoming(hands: Hands) {
  const all = await hands.rows<Session>('auction/session')
  return all.filter(({ value: { status, gateMs } }) => status === 'announced' && gateMs > Date.now())
}

/** The organisation's units that are invited to a session. */
async function unitsIn(hands: Hands, session: string, org: string) {
  const units = (await hands.rows<Unit>('members/unit')).filter(({ value }) => value.org === org)
  const rows = await Promise.all(units.map(({ key }) => hands.row(`auction/invitation/${session}/${key}`)))
  return units.filter((_, at) => rows[at] !== undefined)
}

/** Asked as the organisation itself: before the gate nobody else sees a book. */
async function booksOf(hands: Hands, session: string, org: string): Promise<readonly UnitBook[]> {
  const own = hands.seenBy(org)
  const units = await unitsIn(own, session, org)
  const books = await Promise.all(units.map(({ key }) => own.row<UnitBook>(`auction/book/${session}/${key}`)))
  return books.filter((book) => book !== undefined && book.orders.length > 0) as UnitBook[]
}
