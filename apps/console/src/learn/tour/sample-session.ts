import type { Invitation, NoticePayload, OrderPayload, RuleSet, Session, Unit } from '@dujiang/market'
import { marketDayOf, marketDayPlus } from '@dujiang/core/time'
import type { Hands } from './hands.ts'

const PERIODS = 24
const LIMIT_WH = 500_000_000
const VOLUME_WH = 100_000_000
/** The units are invited meanwhile, on a slow machine too. */
const OPENS_AFTER_MS = 15_000
/** Hours of the day in which the orders of a tour offer. */
const OFFERED = [9, 10, 11, 12]

type RulesNow = Pick<RuleSet, 'values'>

/** Announces a session of the next day by the sample exchange and invites six units, `unit` among them; its id. */
export async function announceSample(hands: Hands, gateAfterMs: number, org?: string): Promise<string> {
  const clerk = hands.of({ role: 'exchange' })
  const rules = await hands.row<RulesNow>('rules/current/all')
  if (rules === undefined) throw new Error('the ledger has no rules in force')
  const { priceFloor, priceCap, priceRules, tieRules } = rules.values
  const day = marketDayOf(Date.now())
  const sequence = `XUE-${day}`
  if ((await hands.row(`auction/sequence/${sequence}`)) === undefined) {
    await hands.act(clerk, 'auction.sequence.open', { sequence, name: `${day} 引导练习` })
  }
  const session = await freeId(hands, sequence)
  const opensMs = Date.now() + OPENS_AFTER_MS
  const delivery = marketDayPlus(day, 1)
  const notice: NoticePayload = {
    session,
    sequence,
    name: `引导练习 ${session}`,
    product: '省内电能量 24 时段集中竞价（练习）',
    deliveryFrom: delivery,
    deliveryTo: delivery,
    eligibility: '受邀的示例单元',
    contact: '示例交易中心',
    periods: PERIODS,
    priceFloor,
    priceCap,
    lotWh: 1_000_000,
    tick: 1_000,
    stepsMax: 3,
    priceRule: priceRules[0] ?? 'last_pair_mid',
    tieRule: tieRules[0] ?? 'pro_rata',
    opensMs,
    gateMs: opensMs + gateAfterMs,
  }
  await hands.act(clerk, 'auction.session.announce', notice)
  await inviteSample(hands, session, PERIODS, org)
  return session
}

/** The units that a session has invited; the six of the sample where nobody is yet, such as when the page was closed in between. */
export async function biddersOf(hands: Hands, session: string): Promise<readonly { key: string; value: Unit }[]> {
  const ids = await invitedTo(hands, session)
  const notice = await hands.row<Session>(`auction/session/${session}`)
  if (ids.size === 0) await inviteSample(hands, session, notice?.periods ?? PERIODS)
  const all = ids.size === 0 ? await invitedTo(hands, session) : ids
  return (await hands.rows<Unit>('members/unit')).filter(({ key }) => all.has(key))
}

async function invitedTo(hands: Hands, session: string): Promise<ReadonlySet<string>> {
  const rows = await hands.rows('auction/invitation', `${session}/`)
  return new Set(rows.map(({ key }) => key.slice(key.lastIndexOf('/') + 1)))
}

async function inviteSample(hands: Hands, session: string, periods: number, org?: string): Promise<void> {
  const limitWh = Array.from({ length: periods }, () => LIMIT_WH)
  const units = (await invited(hands, org)).map(({ key }) => ({ unit: key, limitWh }))
  await hands.act(hands.of({ role: 'exchange' }), 'auction.session.invite', { session, units })
}

/** One order of a unit: one step in four hours, sellers from low, buyers from high. */
export async function bidSample(
  hands: Hands,
  session: string,
  unit: { readonly key: string; readonly value: Unit },
  nth: number,
) {
  const notice = await hands.row<Session>(`auction/session/${session}`)
  if (notice === undefined) throw new Error(`there is no session ${session}`)
  const { priceFloor, priceCap, tick, opensMs } = notice
  await until(opensMs)
  const side = unit.value.side === 'buy' ? 'buy' : 'sell'
  const part = side === 'sell' ? 0.3 + nth * 0.05 : 0.7 - nth * 0.05
  const price = Math.round((priceFloor + (priceCap - priceFloor) * part) / tick) * tick
  const limit = await hands.row<Invitation>(`auction/invitation/${session}/${unit.key}`)
  const periods = OFFERED.filter((period) => period <= notice.periods)
  const order: OrderPayload = {
    session,
    unit: unit.key,
    side,
    periods,
    prices: [periods.map(() => price)],
    // Whoever announces a session of their own may set limits of their own.
    volumesWh: [periods.map((period) => wholeLots(Math.min(VOLUME_WH, limit?.limitWh[period - 1] ?? 0), notice.lotWh))],
  }
  return hands.act(hands.of({ org: unit.value.org }), 'auction.order.submit', order)
}

/** Three that sell and three that buy, one an organisation; of `org` first. */
export async function invited(hands: Hands, org?: string): Promise<readonly { key: string; value: Unit }[]> {
  const units = await hands.rows<Unit>('members/unit')
  const plants = new Map(
    (await hands.rows<{ readonly dispatchLevel: string }>('members/plant')).map((row) => [row.key, row.value]),
  )
  const able = units.filter(
    ({ value: { plant } }) => plant === undefined || plants.get(plant)?.dispatchLevel === 'provincial',
  )
  const first = [...able].sort((a, b) => Number(b.value.org === org) - Number(a.value.org === org))
  const chosen: { key: string; value: Unit }[] = []
  for (const side of ['sell', 'buy'] as const) {
    const orgs = new Set<string>()
    for (const unit of first) {
      if (unit.value.side !== side || orgs.has(unit.value.org) || orgs.size === 3) continue
      orgs.add(unit.value.org)
      chosen.push(unit)
    }
  }
  return chosen
}

async function freeId(hands: Hands, sequence: string): Promise<string> {
  for (let number = 1; ; number++) {
    const session = `${sequence}-${number}`
    if ((await hands.row(`auction/session/${session}`)) === undefined) return session
  }
}

const wholeLots = (volumeWh: number, lotWh: number): number => Math.floor(volumeWh / lotWh) * lotWh

/** Orders are taken from the opening on, by block time: a moment later no clock is behind. */
async function until(timeMs: number): Promise<void> {
  const leftMs = timeMs + 500 - Date.now()
  if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs))
}
