import type { Result, Unit } from '@dujiang/market'
import { formatPrice, formatRatio, milliFenPerMwh, ppm } from '@dujiang/core/units'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useAwardsOf, useOrdersOf } from '../../api/bidding.ts'
import type { Named } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { Unread } from '../../market/unread.tsx'
import { Energy, Money, Price, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Period, periodLabel } from '../../ui/period.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { saveCsv } from './save-csv.ts'
import { tradeWords } from './trade-words.ts'
import { type Trade, totalOf, tradesOf } from './trades.ts'
import { UnitChoice } from './unit-choice.tsx'

interface MyTradesProps {
  readonly id: string
  readonly result: Result
  readonly units: readonly Named<Unit>[]
  readonly onPeriod: (period: number) => void
}

/** 成交明细: what the own units got in each period, by side. */
export function MyTrades({ id, result, units, onPeriod }: MyTradesProps) {
  const say = useWords(tradeWords)
  const [search] = useSearchParams()
  const ids = useMemo(() => units.map((unit) => unit.id), [units])
  const orders = useOrdersOf(id, ids)
  const awards = useAwardsOf(id, ids)
  if (orders === undefined || awards === undefined) return <Unread />
  const chosen = search.get('unit')
  const isShown = (unit: string): boolean => chosen === null || unit === chosen
  const own = awards.flatMap((row, at) => (isShown(ids[at] as string) ? (row?.awards ?? []) : []))
  const sides = (['sell', 'buy'] as const).filter((side) => own.some((award) => award.side === side))
  return (
    <>
      <div className="filters">
        <UnitChoice units={units.filter((unit) => orders.some((order) => order.unit === unit.id))} />
      </div>
      {sides.length === 0 ? <p className="muted">{say('mine.none')}</p> : null}
      {sides.map((side) => (
        <Trades
          key={side}
          session={id}
          side={side}
          trades={tradesOf(
            result.periods,
            orders.filter((order) => order.side === side && isShown(order.unit)),
            own.filter((award) => award.side === side),
          )}
          onPeriod={onPeriod}
        />
      ))}
    </>
  )
}

interface TradesProps {
  readonly session: string
  readonly side: 'sell' | 'buy'
  readonly trades: readonly Trade[]
  readonly onPeriod: (period: number) => void
}

function Trades({ session, side, trades, onPeriod }: TradesProps) {
  const say = useWords(tradeWords)
  const units = useUnitNames()
  const narrow = useNarrow()
  const total = totalOf(trades)
  const wide: Column<Trade>[] = [
    {
      key: 'offered',
      title: `${say('mine.offered')} ${units.energy}`,
      align: 'right',
      cell: ({ offeredWh }) => <Energy wh={offeredWh} />,
    },
    { key: 'share', title: say('mine.share'), align: 'right', cell: shareOf },
    {
      key: 'steps',
      title: say('mine.steps'),
      cell: ({ verdicts }) => <Verdicts letters={verdicts} />,
    },
  ]
  const columns: Column<Trade>[] = [
    {
      key: 'period',
      title: say('mine.period'),
      width: 108,
      cell: ({ period }) => <Period period={period} periods={trades.length} />,
    },
    {
      key: 'price',
      title: narrow ? say('mine.price') : `${say('mine.price')} ${units.price}`,
      align: 'right',
      cell: ({ price }) => <Price milliFen={price} digits={2} />,
    },
    {
      key: 'awarded',
      title: narrow ? units.energy : `${say('mine.awarded')} ${units.energy}`,
      align: 'right',
      cell: ({ awardedWh }) => (
        <strong>
          <Energy wh={awardedWh} />
        </strong>
      ),
    },
    {
      key: 'money',
      title: narrow ? units.money : `${say('mine.money')} ${units.money}`,
      align: 'right',
      cell: ({ amountFen }) => <Money fen={amountFen} digits={narrow ? 0 : 2} />,
    },
    ...(narrow ? [] : wide),
  ]
  return (
    <div className="trades">
      <p className="trades-head">
        <SideChip side={side} />
        <Button size="small" type="link" onClick={() => saveCsv(`${session}-${side}.csv`, csvOf(trades))}>
          {say('mine.export')}
        </Button>
      </p>
      <DenseTable
        label={`${say('mine.title')} ${side}`}
        rows={trades}
        rowKey={({ period }) => String(period)}
        columns={columns}
        onOpen={({ period }) => onPeriod(period)}
        foot={
          <tr>
            <th scope="row">{say('mine.total')}</th>
            <td data-align="right">
              <Price milliFen={total.averagePrice} digits={2} />
            </td>
            <td data-align="right">
              <Energy wh={total.awardedWh} />
            </td>
            <td data-align="right">
              <Money fen={total.amountFen} digits={narrow ? 0 : 2} />
            </td>
            {narrow ? null : (
              <>
                <td data-align="right">
                  <Energy wh={total.offeredWh} />
                </td>
                <td data-align="right">{shareOf(total)}</td>
                <td />
              </>
            )}
          </tr>
        }
      />
    </div>
  )
}

function shareOf({ offeredWh, awardedWh }: { readonly offeredWh: number; readonly awardedWh: number }): string {
  if (offeredWh === 0) return '—'
  const millionths = Number((BigInt(awardedWh) * 1_000_000n) / BigInt(offeredWh))
  return formatRatio(ppm(millionths), '%', { locale: 'en', digits: 1, rounding: 'halfUp' })
}

/** How many steps were awarded in full, shared at the margin, or not at all. */
function Verdicts({ letters }: { readonly letters: string }) {
  const say = useWords(tradeWords)
  return (
    <span className="verdicts">
      {(['f', 'c', 'o'] as const).map((letter) => {
        const count = [...letters].filter((each) => each === letter).length
        return count === 0 ? null : (
          <i key={letter} data-verdict={letter}>
            {say(`verdicts.${letter}`, { count })}
          </i>
        )
      })}
    </span>
  )
}

/** In MWh and yuan, whatever is shown: a file is for other programs. */
function csvOf(trades: readonly Trade[]): readonly (readonly string[])[] {
  const megawattHours = (value: number): string => String(value / 1_000_000)
  return [
    ['period', 'price_yuan_per_MWh', 'offered_MWh', 'awarded_MWh', 'amount_yuan'],
    ...trades.map(({ period, price, offeredWh, awardedWh, amountFen }) => [
      periodLabel(period, trades.length),
      price === undefined ? '' : formatPrice(milliFenPerMwh(price), '元/MWh'),
      megawattHours(offeredWh),
      megawattHours(awardedWh),
      amountFen === undefined ? '' : String(amountFen / 100),
    ]),
  ]
}
