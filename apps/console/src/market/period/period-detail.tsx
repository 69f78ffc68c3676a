import { type Notice, type PeriodResult, clearBook } from '@dujiang/market'
import { memo, useCallback, useMemo } from 'react'
import type { PlacedOrder } from '../../api/bidding.ts'
import { useWords } from '../../i18n/words.ts'
import { Energy, Price } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Note } from '../../ui/note.tsx'
import { Section } from '../../ui/page.tsx'
import { useAmountTexts } from '../amount-texts.ts'
import { CurveChart } from './curve-chart.tsx'
import { curveOf } from './curve.ts'
import { type BookStep, bookOf, stepsOf } from './period-book.ts'
import { periodWords } from './period-words.ts'
import { outcomeOf, ownAwards } from './what-if.ts'
import { WhatIf } from './what-if-panel.tsx'
import { MySteps } from './my-steps.tsx'

interface PeriodDetailProps {
  /** The session's. */
  readonly id: string
  readonly notice: Notice
  readonly result: PeriodResult
  /** All orders of the session. */
  readonly orders: readonly PlacedOrder[]
  /** The units of whoever has signed in; undefined when nobody has. */
  readonly units: readonly string[] | undefined
}

/**
 * One period in full: its curve, where it ended on either side, what the own steps got and why, what else might have been. It is drawn
 * anew only for another period or other units, since it clears and draws thousands of steps.
 */
export const PeriodDetail = memo(Detail)

function Detail({ id, notice, result, orders, units }: PeriodDetailProps) {
  const say = useWords(periodWords)
  const text = useAmountTexts()
  const { period } = result
  const supply = useMemo(() => stepsOf(orders, period, 'sell'), [orders, period])
  const demand = useMemo(() => stepsOf(orders, period, 'buy'), [orders, period])
  const isOwn = useCallback((step: { readonly unit: string }) => units?.includes(step.unit) === true, [units])
  const curves = useMemo(() => ({ supply: curveOf(supply, 'sell'), demand: curveOf(demand, 'buy') }), [supply, demand])
  const book = useMemo(() => bookOf(notice, supply, demand), [notice, supply, demand])
  const clearing = useMemo(() => clearBook(book), [book])
  const own = useMemo(() => ownAwards(clearing, supply, demand, isOwn), [clearing, supply, demand, isOwn])
  const ownSteps = useMemo(() => own.map(({ step }) => step), [own])
  const published = useMemo(() => outcomeOf(clearing, own), [clearing, own])
  const agrees = (clearing.price ?? undefined) === result.price && clearing.volume === result.volumeWh
  return (
    <div className="period-detail">
      <div>
        <CurveChart {...curves} result={result} isOwn={isOwn} />
        <Tiers result={result} supply={supply} demand={demand} />
        {agrees ? (
          <p className="muted check-line">{say('agrees')}</p>
        ) : (
          <Note tone="bad">
            {say('differs', { price: clearing.price === null ? '—' : text.price(clearing.price) })}
          </Note>
        )}
      </div>
      <div className="period-why">
        <Section title={say('why.title')}>
          {units === undefined ? <p className="muted">{say('why.sign.in')}</p> : null}
          {units !== undefined && own.length === 0 ? <p className="muted">{say('why.none')}</p> : null}
          {own.length === 0 ? null : <MySteps own={own} book={book} />}
        </Section>
      </div>
      {own.length === 0 ? null : (
        <Section title={say('whatif.title')}>
          <WhatIf
            id={id}
            period={period}
            notice={notice}
            supply={supply}
            demand={demand}
            own={ownSteps}
            published={published}
          />
        </Section>
      )}
    </div>
  )
}

interface TierRow {
  readonly side: 'sell' | 'buy'
  readonly tier: NonNullable<PeriodResult['supplyTier']>
  readonly steps: number
}

function Tiers({
  result,
  supply,
  demand,
}: {
  readonly result: PeriodResult
  readonly supply: readonly BookStep[]
  readonly demand: readonly BookStep[]
}) {
  const say = useWords(periodWords)
  const at = (steps: readonly BookStep[], price: number): number => steps.filter((step) => step.price === price).length
  const { supplyTier, demandTier } = result
  const rows: TierRow[] = [
    ...(supplyTier ? [{ side: 'sell' as const, tier: supplyTier, steps: at(supply, supplyTier.price) }] : []),
    ...(demandTier ? [{ side: 'buy' as const, tier: demandTier, steps: at(demand, demandTier.price) }] : []),
  ]
  if (rows.length === 0) return <p className="muted">{say('why.no.trade')}</p>
  const columns: Column<TierRow>[] = [
    { key: 'side', title: say('tier.side'), cell: ({ side }) => say(`tier.${side}`) },
    {
      key: 'price',
      title: say('tier.price'),
      align: 'right',
      cell: ({ tier }) => <Price milliFen={tier.price} digits={2} />,
    },
    { key: 'before', title: say('tier.before'), align: 'right', cell: ({ tier }) => <Energy wh={tier.beforeWh} /> },
    {
      key: 'declared',
      title: say('tier.declared'),
      align: 'right',
      cell: ({ tier }) => <Energy wh={tier.declaredWh} />,
    },
    { key: 'awarded', title: say('tier.awarded'), align: 'right', cell: ({ tier }) => <Energy wh={tier.awardedWh} /> },
    { key: 'steps', title: say('tier.orders'), align: 'right', cell: ({ steps }) => steps },
  ]
  return <DenseTable label={say('tier.side')} rows={rows} rowKey={({ side }) => side} columns={columns} />
}
