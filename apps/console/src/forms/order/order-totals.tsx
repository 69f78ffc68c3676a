import { useWords } from '../../i18n/words.ts'
import { Energy, Price } from '../../ui/amount.tsx'
import { Facts } from '../../ui/facts.tsx'
import type { Offered } from './draft.ts'
import { orderWords } from './order-words.ts'
import { totalsOf } from './totals.ts'

/** What is offered in all. */
export function OrderTotals({ order }: { readonly order: Offered | undefined }) {
  const say = useWords(orderWords)
  const totals = order && totalsOf(order)
  return (
    <Facts
      rows={[
        [say('total.volume'), <Energy key="v" wh={totals?.volumeWh} unit />],
        [say('total.average'), <Price key="p" milliFen={totals?.averagePrice} unit digits={2} />],
        [say('total.periods'), String(totals?.periods ?? '—')],
        [say('total.steps'), String(totals?.steps ?? '—')],
      ]}
    />
  )
}
