import type { Bulletin, Session } from '@dujiang/market'
import type { Json } from '@dujiang/core/codec'
import {
  type Desk,
  type Errand,
  type Month,
  type News,
  type Signatory,
  bulletinOf,
  checkOf,
  dispatcherOnDuty,
  exchangeFirst,
  exchangeSecond,
  sendAll,
  sessionOf,
} from '@dujiang/testing/province'

/** Carries a session of the sample that was left somewhere on its way to its published result, with the orders it has. */
export async function finishSession(desk: Desk, month: Month, tell: (news: News) => void): Promise<void> {
  const session = sessionOf(month)
  const { status, result = '' } = await afterGate(desk, session, tell)
  if (status === 'cleared') {
    await send(desk, dispatcherOnDuty, 'auction.check.pass', checkOf(month, result))
    tell({ kind: 'checked' })
  }
  if ((await preparedFor(desk, session)) === undefined) {
    await send(desk, exchangeFirst, 'auction.bulletin.prepare', bulletinOf(month, result))
    tell({ kind: 'prepared' })
  }
  const { digest, preparedBy } = (await preparedFor(desk, session)) as Bulletin
  const other = preparedBy === exchangeFirst.person ? exchangeSecond : exchangeFirst
  await send(desk, other, 'auction.bulletin.approve', { session, result, bulletin: digest })
  tell({ kind: 'published' })
}

/** The session as it stands once its gate has come. */
async function afterGate(desk: Desk, session: string, tell: (news: News) => void): Promise<Session> {
  const key = `auction/session/${session}`
  const { status, gateMs } = (await desk.row(key)) as unknown as Session
  if (status === 'announced') {
    await desk.waitUntil(gateMs)
    tell({ kind: 'closed' })
  }
  return (await desk.rowWhen(key, (row) => (row as unknown as Session).status !== 'announced')) as unknown as Session
}

async function preparedFor(desk: Desk, session: string): Promise<Bulletin | undefined> {
  return (await desk.row(`auction/bulletin/${session}`)) as unknown as Bulletin | undefined
}

async function send(desk: Desk, by: Signatory, act: string, payload: object): Promise<void> {
  const errand: Errand = { by, act, payload: payload as Json }
  await sendAll(desk, [errand])
}
