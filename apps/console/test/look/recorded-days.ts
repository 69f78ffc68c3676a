import { type Client, type Identity, Refused, type Wanted } from '@dujiang/client'

const MWH = 1_000_000
const YUAN = 100_000
const HOURS = 24
const FIRST_DAY = 9

/** Days of an exchange elsewhere. All of it is invented. */
export const recordedDays: readonly string[] = Array.from({ length: 6 }, (_, at) => dayOf(at))

/** Yuan/MWh of each hour: dear in the evening, below zero at noon of a sunny day. */
const hours = [
  212, 204, 198, 193, 196, 208, 236, 262, 241, 176, 96, 18, -24, -38, -12, 54, 148, 238, 316, 342, 330, 298, 262, 231,
]

/** Puts them on record: equal to what the ledger finds, inside of its interval, beside it, without one price, and without a book. */
export async function bringRecordedDays(client: Client, exchange: Identity): Promise<void> {
  const signed: Uint8Array[] = []
  for (const wanted of recordedDays.flatMap(actsOf)) {
    signed.push(client.sign(exchange, await client.build(exchange, wanted)))
  }
  const wrong = (await client.submitMany(signed)).flatMap((answer) =>
    answer instanceof Refused ? [answer.refusal.name] : answer.receipt.code === 0 ? [] : [answer.receipt.refusal?.name],
  )
  if (wrong.length > 0) throw new Error(`what was recorded elsewhere met ${wrong.join(', ')}`)
}

function dayOf(at: number): string {
  return `SPOT-2026-11-${String(FIRST_DAY + at).padStart(2, '0')}`
}

function actsOf(session: string, day: number): readonly Wanted[] {
  const limits = { priceFloor: -100 * YUAN, priceCap: 1_000 * YUAN, lotWh: MWH, tick: 1_000 }
  const rules = { priceRule: 'interval_mid', tieRule: 'pro_rata' }
  const name = `外地现货市场 ${session.slice('SPOT-'.length)}（示例，虚构）`
  const opened = { session, name, source: '示例，非真实市场', currency: 'CNY', periods: HOURS, ...limits, ...rules }
  return [
    { act: 'recorded.session.open', payload: opened },
    ...Array.from({ length: HOURS }, (_, at) => hourOf(session, day, at)),
  ]
}

function hourOf(session: string, day: number, hour: number): Wanted {
  const period = hour + 1
  const yuan = (hours[hour] as number) + day * 7 - ((day * 5 + hour * 3) % 9)
  const volumeWh = 450 * MWH
  if (day === 3 && hour < 2) {
    const payload = { session, period, published: { volumeWh }, remark: '未附订单簿' }
    return { act: 'recorded.volume.state', payload }
  }
  const side = (steps: readonly (readonly [price: number, mwh: number])[]) => ({
    prices: steps.map(([price]) => price * YUAN),
    volumesWh: steps.map(([, mwh]) => mwh * MWH),
    inelasticWh: 0,
  })
  const payload = {
    session,
    period,
    // They meet at 450 MWh, at any price from `yuan` to ten above it: the ledger takes the middle.
    supply: side([
      [yuan - 20, 300],
      [yuan, 150],
      [yuan + 30, 200],
    ]),
    demand: side([
      [yuan + 40, 350],
      [yuan + 10, 100],
      [yuan - 30, 200],
    ]),
    published: { ...publishedOf(day, hour, yuan), volumeWh },
    remark: '',
  }
  return { act: 'recorded.book.bring', payload }
}

function publishedOf(day: number, hour: number, yuan: number) {
  const at = day * HOURS + hour
  if (day === 1 && hour > 17 && hour < 21) {
    const areas = ['NORTH', 'SOUTH'].map((area, south) => ({ area, price: (yuan + south * 30) * YUAN }))
    return { areaPrices: areas }
  }
  if (at % 13 === 5) return { price: (yuan + 10 + (at % 5) + 2) * YUAN }
  return { price: (at % 6 === 1 ? yuan + 8 : yuan + 5) * YUAN }
}
