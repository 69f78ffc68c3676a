import { Link } from 'react-router'
import type { PlacedOrder } from '../../api/bidding.ts'
import { totalsOf } from '../../forms/order/totals.ts'
import { useWords } from '../../i18n/words.ts'
import { ActProgress } from '../../market/act-progress.tsx'
import { useNameOfUnit } from '../../market/unit-name.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { useAct } from '../../api/act.ts'
import { Energy, Price, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { CancelOrder } from './cancel-order.tsx'
import { traderWords } from './trader-words.ts'

interface MyOrdersProps {
  readonly session: string
  readonly orders: readonly PlacedOrder[]
  /** Orders can be replaced and cancelled now. */
  readonly canChange: boolean
}

/** The own live orders of a session. */
export function MyOrders({ session, orders, canChange }: MyOrdersProps) {
  const say = useWords(traderWords)
  const units = useUnitNames()
  const narrow = useNarrow()
  const nameOf = useNameOfUnit()
  const acting = useAct(`cancel/${session}`)
  const receipt = ({ id }: PlacedOrder, text: string) => (
    <Link className={narrow ? 'clip' : 'mono'} to={`/orders/${id}`} aria-label={`${say('order.receipt')} ${text}`}>
      {text}
    </Link>
  )
  const unit = { key: 'unit', title: say('col.unit') }
  const columns: Column<PlacedOrder>[] = [
    // On a phone the unit leads to the receipt.
    ...(narrow
      ? [{ ...unit, cell: (order: PlacedOrder) => receipt(order, nameOf(order.unit)) }]
      : [
          { key: 'order', title: say('col.order'), cell: (order: PlacedOrder) => receipt(order, order.id.slice(0, 8)) },
          { ...unit, cell: (order: PlacedOrder) => nameOf(order.unit) },
        ]),
    ...(narrow
      ? []
      : ([
          { key: 'side', title: say('col.side'), width: 72, cell: ({ side }) => <SideChip side={side} /> },
          { key: 'steps', title: say('col.steps'), align: 'right', cell: (order) => totalsOf(order).steps },
          { key: 'periods', title: say('col.periods'), align: 'right', cell: (order) => totalsOf(order).periods },
        ] satisfies Column<PlacedOrder>[])),
    {
      key: 'volume',
      title: narrow ? units.energy : `${say('col.used')} ${units.energy}`,
      align: 'right',
      cell: (order) => <Energy wh={totalsOf(order).volumeWh} />,
    },
    ...(narrow
      ? []
      : ([
          {
            key: 'price',
            title: `${say('col.price')} ${units.price}`,
            align: 'right',
            cell: (order) => <Price milliFen={totalsOf(order).averagePrice} digits={2} />,
          },
        ] satisfies Column<PlacedOrder>[])),
    ...(canChange
      ? ([
          {
            key: 'do',
            title: '',
            align: 'right',
            ...(narrow ? {} : { width: 132 }),
            cell: (order) => (
              <span className="row-actions">
                <Link to={`/sessions/${session}/bid?unit=${order.unit}&order=${order.id}`}>{say('order.replace')}</Link>
                <CancelOrder session={session} order={order} acting={acting} />
              </span>
            ),
          },
        ] satisfies Column<PlacedOrder>[])
      : []),
  ]
  return (
    <>
      <DenseTable label={say('session.orders')} rows={orders} rowKey={({ id }) => id} columns={columns} />
      <ActProgress state={acting.state} />
    </>
  )
}
