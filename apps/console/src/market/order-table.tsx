import type { Order } from '@dujiang/market'
import { useWords } from '../i18n/words.ts'
import { Energy, Price, useUnitNames } from '../ui/amount.tsx'
import { type Column, DenseTable } from '../ui/dense-table.tsx'
import { Period } from '../ui/period.tsx'
import { marketWords } from './market-words.ts'

type Columns = Pick<Order, 'periods' | 'prices' | 'volumesWh'>

/** An order as it was signed: a line for each period, price and volume of each step. */
export function OrderTable({ order, periods }: { readonly order: Columns; readonly periods: number }) {
  const say = useWords(marketWords)
  const units = useUnitNames()
  const columns: Column<{ readonly period: number; readonly at: number }>[] = [
    {
      key: 'period',
      title: say('period'),
      width: 112,
      cell: ({ period }) => <Period period={period} periods={periods} />,
    },
    ...order.volumesWh.flatMap((row, step): Column<{ readonly period: number; readonly at: number }>[] => [
      {
        key: `p${step}`,
        title: `${say('step', { step: step + 1 })} ${units.price}`,
        align: 'right',
        cell: ({ at }) => (row[at] === 0 ? null : <Price milliFen={order.prices[step]?.[at]} digits={2} />),
      },
      {
        key: `v${step}`,
        title: units.energy,
        align: 'right',
        cell: ({ at }) => (row[at] === 0 ? null : <Energy wh={row[at]} />),
      },
    ]),
  ]
  return (
    <DenseTable
      label={say('order.table')}
      rows={order.periods.map((period, at) => ({ period, at }))}
      rowKey={({ period }) => String(period)}
      columns={columns}
    />
  )
}
