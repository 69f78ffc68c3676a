import { lastSequence, signBody } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { periodKey, recordedPeriods, recordedSessions } from '@dujiang/market'
import type { LedgerNode } from '@dujiang/node/service'
import { EXIT_REFUSED, Failure } from '../../failure.ts'
import { LOT_WH } from './figures.ts'
import { ORG, recorder, recorderKey } from './ledger.ts'
import type { Day, Hour } from './source.ts'

const EXPIRES_MS = 3_600_000
/** 10⁻⁵ EUR/MWh: the market's own limits, and its 0.01 EUR/MWh. */
const PRICE_FLOOR = -50_000_000
const PRICE_CAP = 400_000_000
const TICK = 1_000

export const sessionOf = (date: string): string => `MGP-${date}`

/** Brings what is not on record of a day yet. Resolves when all of it is committed; throws on the first refusal. */
export async function bringDay(node: LedgerNode, day: Day): Promise<void> {
  const session = sessionOf(day.date)
  if (recordedSessions.get(node.view(), session) === undefined) {
    await send(node, session, 'recorded.session.open', [openingOf(day)])
  }
  const view = node.view()
  const absent = day.hours.filter(({ period }) => recordedPeriods.get(view, session, periodKey(period)) === undefined)
  await send(
    node,
    session,
    'recorded.book.bring',
    absent.map((hour) => ({ session, ...bookOf(hour), published: hour.published, remark: remarkOf(hour) })),
  )
}

function openingOf({ date, hours }: Day) {
  return {
    session: sessionOf(date),
    name: `意大利日前市场 MGP ${date}`,
    source: 'GME (Offerte pubbliche, Prezzi, Transiti), by rebase-energy/OpenEUPHEMIA 4ceadd28',
    currency: 'EUR',
    periods: hours.length,
    priceFloor: PRICE_FLOOR,
    priceCap: PRICE_CAP,
    lotWh: LOT_WH,
    tick: TICK,
    // Where several prices clear a book, the exchange's algorithm takes the one nearest the middle.
    priceRule: 'interval_mid',
    tieRule: 'pro_rata',
  }
}

/** The book as the act carries it. The net exchange is fixed: what is exported is bought at any price, what is imported sold. */
export function bookOf({ period, supply, demand, exportWh }: Hour) {
  return {
    period,
    supply: { ...supply, inelasticWh: Math.max(0, -exportWh) },
    demand: { ...demand, inelasticWh: Math.max(0, exportWh) },
  }
}

function remarkOf({ published }: Hour): string {
  if (published.areaPrices !== undefined) return '网络受限：各区价格不同；the network was binding'
  return published.price === undefined ? '未附公布价格；no published price' : '七区同价；one price in all seven zones'
}

async function send(node: LedgerNode, session: string, act: string, payloads: readonly object[]): Promise<void> {
  const last = lastSequence(node.view(), { stream: `recorded.${session}`, actor: ORG })
  const outcomes = await node.submitMany(
    payloads.map((payload, at) =>
      signBody(recorder, {
        act,
        chain: node.chain,
        domain: 'public',
        expires: Date.now() + EXPIRES_MS,
        key: recorderKey,
        org: ORG,
        payload: payload as Json,
        ref: `${session}.${last + 1 + at}`,
        sequence: last + 1 + at,
        v: 1,
      }),
    ),
  )
  for (const outcome of outcomes) {
    const why =
      outcome.kind === 'committed'
        ? outcome.stored.receipt.refusal
        : outcome.kind === 'busy'
          ? outcome
          : outcome.refusal
    if (why !== undefined) {
      const text = `${act} ${session}: ${JSON.stringify(why)}`
      throw new Failure(`账本未接受 ${text}`, `the ledger did not take ${text}`, EXIT_REFUSED)
    }
  }
}
