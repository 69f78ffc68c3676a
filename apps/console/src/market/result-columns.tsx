import type { Result } from '@dujiang/market'
import { Energy, Price, useUnitNames } from '../ui/amount.tsx'
import type { Column } from '../ui/dense-table.tsx'

/** What a session came to: its volume and average price, in the units of the person who reads. */
export function useResultColumns<Row extends { readonly result: Result }>(titles: {
  readonly volume: string
  readonly average: string
}): readonly Column<Row>[] {
  const names = useUnitNames()
  return [
    {
      key: 'volume',
      title: `${titles.volume} ${names.energy}`,
      align: 'right',
      cell: ({ result }) => <Energy wh={result.volumeWh} />,
    },
    {
      key: 'average',
      title: `${titles.average} ${names.price}`,
      align: 'right',
      cell: ({ result }) => <Price milliFen={result.averagePrice} digits={2} />,
    },
  ]
}
