import type { PeriodResult, Result } from '@dujiang/market'
import { useWords } from '../i18n/words.ts'
import { Energy, Price, useUnitNames } from '../ui/amount.tsx'
import { type Column, DenseTable } from '../ui/dense-table.tsx'
import { Period } from '../ui/period.tsx'
import { resultWords } from './result-words.ts'

type Tier = NonNullable<PeriodResult['supplyTier']>

/** What each period came to, with where acceptance ended on either side: enough to check it without trusting anybody. */
export function PeriodResults({ result }: { readonly result: Result }) {
  const say = useWords(resultWords)
  const units = useUnitNames()
  const { periods, volumeWh, averagePrice } = result
  const columns: Column<PeriodResult>[] = [
    {
      key: 'period',
      title: say('period'),
      width: 108,
      cell: ({ period }) => <Period period={period} periods={periods.length} />,
    },
    {
      key: 'price',
      title: `${say('price')} ${units.price}`,
      align: 'right',
      cell: ({ price, outsideInterval }) =>
        price === undefined ? (
          <span className="muted">{say('no.trade')}</span>
        ) : (
          <strong title={outsideInterval ? say('outside') : undefined}>
            <Price milliFen={price} digits={2} />
            {outsideInterval ? ' *' : ''}
          </strong>
        ),
    },
    {
      key: 'volume',
      title: `${say('volume')} ${units.energy}`,
      align: 'right',
      cell: (row) => <Energy wh={row.volumeWh} />,
    },
    {
      key: 'pair',
      title: say('pair'),
      align: 'right',
      cell: ({ pair }) =>
        pair === undefined ? null : (
          <>
            <Price milliFen={pair.supply} digits={2} /> / <Price milliFen={pair.demand} digits={2} />
          </>
        ),
    },
    {
      key: 'interval',
      title: say('interval'),
      align: 'right',
      cell: ({ interval: { low, high } }) => (
        <>
          <Price milliFen={low} digits={2} /> – <Price milliFen={high} digits={2} />
        </>
      ),
    },
    {
      key: 'supply',
      title: say('supply.tier'),
      align: 'right',
      cell: ({ supplyTier }) => <TierCell tier={supplyTier} />,
    },
    {
      key: 'demand',
      title: say('demand.tier'),
      align: 'right',
      cell: ({ demandTier }) => <TierCell tier={demandTier} />,
    },
  ]
  const table = (
    <DenseTable
      label={say('table')}
      rows={periods}
      rowKey={({ period }) => String(period)}
      columns={columns}
      foot={
        <tr>
          <th scope="row">{say('total')}</th>
          <td data-align="right">
            <Price milliFen={averagePrice} digits={2} />
          </td>
          <td data-align="right">
            <Energy wh={volumeWh} />
          </td>
          <td colSpan={4} />
        </tr>
      }
    />
  )
  return (
    <>
      {table}
      {periods.some(({ outsideInterval }) => outsideInterval) ? <p className="muted">* {say('outside')}</p> : null}
    </>
  )
}

/** The price of the tier, and how much of what was declared at it was taken. */
function TierCell({ tier }: { readonly tier: Tier | undefined }) {
  if (tier === undefined) return null
  return (
    <>
      <Price milliFen={tier.price} digits={2} />{' '}
      <span className="muted">
        <Energy wh={tier.awardedWh} /> / <Energy wh={tier.declaredWh} />
      </span>
    </>
  )
}
