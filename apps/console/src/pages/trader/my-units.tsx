import { type Session, type Unit, roomLeft } from '@dujiang/market'
import { Link } from 'react-router'
import type { PlacedOrder } from '../../api/bidding.ts'
import type { Named } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { traderWords } from './trader-words.ts'

interface Invited {
  readonly unit: Named<Unit>
  readonly limitWh: readonly number[]
}

interface MyUnitsProps {
  readonly id: string
  readonly session: Session
  readonly invited: readonly Invited[]
  readonly orders: readonly PlacedOrder[]
  readonly takesOrders: boolean
}

/** The own units of a session: what each may offer over all periods, what it has offered. */
export function MyUnits({ id, session, invited, orders, takesOrders }: MyUnitsProps) {
  const say = useWords(traderWords)
  const { energy } = useUnitNames()
  const narrow = useNarrow()
  const live = (unit: string): readonly PlacedOrder[] => orders.filter((order) => order.unit === unit)
  const totals = ({ unit, limitWh }: Invited) => {
    const rooms = roomLeft(session, limitWh, live(unit.id))
    const sum = (pick: 'limitWh' | 'usedWh' | 'fitsWh'): number => rooms.reduce((total, room) => total + room[pick], 0)
    return { limit: sum('limitWh'), used: sum('usedWh'), left: sum('fitsWh') }
  }
  const columns: Column<Invited>[] = [
    {
      key: 'unit',
      title: say('col.unit'),
      cell: ({ unit }) => (
        <>
          <strong>{unit.name}</strong> {narrow ? null : <span className="muted">{unit.id}</span>}
        </>
      ),
    },
    { key: 'side', title: say('col.side'), width: 72, cell: ({ unit }) => <SideChip side={unit.side} /> },
    ...(narrow
      ? []
      : (
          [
            ['limit', say('col.limit')],
            ['used', say('col.used')],
            ...(takesOrders ? ([['left', say('col.left')]] as const) : []),
          ] as const
        ).map(
          ([key, title]): Column<Invited> => ({
            key,
            title: `${title} ${energy}`,
            align: 'right',
            width: 150,
            cell: (row) => <Energy wh={totals(row)[key]} />,
          }),
        )),
    {
      key: 'orders',
      title: say('col.orders'),
      align: 'right',
      ...(narrow ? {} : { width: 92 }),
      cell: ({ unit }) => live(unit.id).length,
    },
    ...(takesOrders
      ? [
          {
            key: 'bid',
            title: '',
            align: 'right' as const,
            width: 72,
            cell: ({ unit }: Invited) => (
              <Link to={`/sessions/${id}/bid?unit=${unit.id}`} aria-label={`${say('session.bid')} ${unit.name}`}>
                {say('session.bid')}
              </Link>
            ),
          },
        ]
      : []),
  ]
  return <DenseTable label={say('session.units')} rows={invited} rowKey={({ unit }) => unit.id} columns={columns} />
}
