import { type Of, s } from '@dujiang/core/codec'
import { PERIODS_MAX, PRICE_MAX, STEPS_MAX, VOLUME_WH_MAX } from './bounds.ts'

const column = (doc: { zh: string; en: string; unit: string }, min: number, max: number) =>
  s.list(s.list(s.int(min, max), { min: 1, max: PERIODS_MAX }), { min: 1, max: STEPS_MAX }, doc)

/** What an order offers: row i of `prices` and `volumesWh` is the i-th step of every period listed. */
export const orderFields = {
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
  side: s.enumOf(['sell', 'buy'], { zh: '售出 sell 或购入 buy', en: 'Sell or buy' }),
  periods: s.list(
    s.int(1, PERIODS_MAX),
    { min: 1, max: PERIODS_MAX },
    { zh: '时段序号，自 1 起递增', en: 'Periods, rising from 1' },
  ),
  prices: column(
    { zh: '各段各时段价格', en: 'Price of each step in each period', unit: 'milli-fen/MWh' },
    -PRICE_MAX,
    PRICE_MAX,
  ),
  volumesWh: column(
    { zh: '各段各时段电量，0 为无此段', en: 'Volume of each step in each period, 0 for no such step', unit: 'Wh' },
    0,
    VOLUME_WH_MAX,
  ),
}

export const submitSchema = s.object(orderFields)
export type OrderPayload = Of<typeof submitSchema>
