import { type Refusal, accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { clearBook, periodResult } from '../clearing/index.ts'
import { defineAct } from '../kernel/index.ts'
import { differenceOf } from './difference.ts'
import { putPeriod, recordedPeriod } from './recorded-period.ts'
import { publishedFields, publishedRefusal } from './published-fields.ts'
import { recordedRefusals } from './refusals.ts'
import type { Published, RecordedSession } from './tables.ts'

const { refuse } = recordedRefusals
const STEPS_MAX = 4096

const side = s.object({
  prices: s.list(
    s.int(-1_000_000_000, 1_000_000_000),
    { min: 0, max: STEPS_MAX },
    { zh: '各段价格', en: 'Price of each step', unit: '10⁻⁵/MWh' },
  ),
  volumesWh: s.list(
    s.int(1, 100_000_000_000_000),
    { min: 0, max: STEPS_MAX },
    { zh: '各段电量', en: 'Volume of each step', unit: 'Wh' },
  ),
  inelasticWh: s.int(0, 100_000_000_000_000, { zh: '不报价电量', en: 'Volume offered without a price', unit: 'Wh' }),
})

const schema = s.object({
  session: s.id({ zh: '外部场次编号', en: 'Recorded session id' }),
  period: s.int(1, 96, { zh: '时段', en: 'Period' }),
  supply: side,
  demand: side,
  published: publishedFields,
  remark: s.text(200, { zh: '备注', en: 'Remark' }),
})
type Payload = Of<typeof schema>
type Side = Payload['supply']

/**
 * The book of one period and what was published for it. Every node clears the book anew and puts the difference on record.
 * Refusals, in order: recordedUnknown, notTheRecorder, recordedPeriodOutside, recordedPeriodTaken, publishedBoth,
 * publishedAreaTwice, then for supply and demand recordedColumns, recordedPrice, recordedLot, recordedTotal.
 */
export const bookBring = defineAct<Payload>({
  name: 'recorded.book.bring',
  version: 1,
  title: { zh: '登记外部订单簿及公布结果', en: 'Bring a book and its published result' },
  schema: compile(schema),
  stage: 'session',
  roles: ['exchange'],
  route: ({ session }, org) => ({ stream: `recorded.${session}`, actor: org }),
  decide(view, { org, payload }) {
    const { session, period, supply, demand, remark } = payload
    const row = recordedPeriod(view, org, session, period)
    if ('facts' in row) return decline(row)
    const published = payload.published as Published
    const wrong =
      publishedRefusal(published) ?? sideRefusal(row, 'supply', supply) ?? sideRefusal(row, 'demand', demand)
    if (wrong !== undefined) return decline(wrong)

    const clearing = clearBook({
      ...arraysOf(row, supply, demand),
      lot: row.lotWh,
      tick: row.tick,
      priceRule: row.priceRule,
      ...(row.kPpm === undefined ? {} : { kPpm: row.kPpm }),
      tieRule: row.tieRule,
      floor: row.priceFloor,
      cap: row.priceCap,
    })
    const result = periodResult(period, clearing)
    const difference = differenceOf(result, published)
    return accept(
      ...putPeriod(view, session, period, {
        kind: 'rederived',
        result,
        published,
        difference,
        book: toHex(view.sha256(encodeCanonicalBytes({ supply, demand }))),
        steps: supply.prices.length + demand.prices.length,
        remark,
      }),
      { kind: 'event', name: 'resultRederived', data: { session, period, difference } },
    )
  },
})

function sideRefusal(
  row: RecordedSession,
  name: string,
  { prices, volumesWh, inelasticWh }: Side,
): Refusal | undefined {
  const { priceFloor: floor, priceCap: cap, lotWh } = row
  if (prices.length !== volumesWh.length) {
    return refuse.recordedColumns({ side: name, prices: prices.length, volumes: volumesWh.length })
  }
  let total = inelasticWh
  for (let at = 0; at < prices.length; at++) {
    const price = prices[at] as number
    const volumeWh = volumesWh[at] as number
    if (price < floor || price > cap) return refuse.recordedPrice({ side: name, step: at + 1, price, floor, cap })
    if (volumeWh % lotWh !== 0) return refuse.recordedLot({ side: name, step: at + 1, volumeWh, lotWh })
    total += volumeWh
    if (total > Number.MAX_SAFE_INTEGER) return refuse.recordedTotal({ side: name })
  }
  if (inelasticWh % lotWh !== 0) return refuse.recordedLot({ side: name, step: 0, volumeWh: inelasticWh, lotWh })
  return undefined
}

/** Inelastic demand counts at the upper limit, inelastic supply at the lower, each as the first step in time. */
function arraysOf(row: RecordedSession, supply: Side, demand: Side) {
  const withFirst = (first: number, wh: number, rest: readonly number[]) =>
    Float64Array.from(wh > 0 ? [first, ...rest] : rest)
  return {
    supplyPrice: withFirst(row.priceFloor, supply.inelasticWh, supply.prices),
    supplyQty: withFirst(supply.inelasticWh, supply.inelasticWh, supply.volumesWh),
    demandPrice: withFirst(row.priceCap, demand.inelasticWh, demand.prices),
    demandQty: withFirst(demand.inelasticWh, demand.inelasticWh, demand.volumesWh),
  }
}
