import { type OrderFacts, type OrderPayload, auction, explainOrder, speak } from '@dujiang/market'
import { periodLabel } from '../../ui/period.tsx'
import { beyond } from './beyond.ts'
import type { Problem } from './marks.ts'

/** What an order is judged by; the time is left out, since a form may be filled in before its session opens. */
export type Judged = Omit<OrderFacts, 'timeMs' | 'load'>

/**
 * Everything the rules say against an order, by the checks of the act itself (packages/market/src/auction/order-check.ts). What only the
 * ledger knows, such as how full a session is, the dry run says.
 */
export function problemsOf(
  judged: Judged,
  order: OrderPayload | undefined,
  replaced: string | undefined,
): readonly Problem[] {
  if (order === undefined) return []
  const { shape, refusals } = explainOrder({ ...judged, timeMs: judged.session.opensMs }, order, replaced)
  const { periods } = judged.session
  if (shape.length > 0) return shape.flatMap((each) => beyond(order, each)).map((each) => spoken(each, periods))
  return refusals.map(({ name, facts }) => {
    const sentence = auction.refusals.sentences[name]
    if (sentence === undefined) throw new Error(`${name} is no refusal of the auction`)
    return spoken({ name, facts, ...sentence }, periods)
  })
}

function spoken({ name, facts, ...sentence }: Problem, periods: number): Problem {
  const { period } = facts
  const said = typeof period === 'number' ? { ...facts, period: periodLabel(period, periods) } : facts
  return { name, facts, zh: speak(sentence, said, 'zh'), en: speak(sentence, said, 'en') }
}
