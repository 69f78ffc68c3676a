import type { Award, Session, UnitAwards } from '@dujiang/market'
import { marketDaysBetween } from '@dujiang/core/time'
import { formatPower, watt } from '@dujiang/core/units'
import { useMemo } from 'react'
import { type Named, useAwards, useUnits } from '../../api/sessions.ts'
import { useWords } from '../../i18n/words.ts'
import { SideChip } from '../../market/side-chip.tsx'
import { usePreferences } from '../../preferences/preferences.ts'
import { Energy, useUnitNames } from '../../ui/amount.tsx'
import { type Column, DenseTable } from '../../ui/dense-table.tsx'
import { Section } from '../../ui/page.tsx'
import { Period } from '../../ui/period.tsx'
import { useNarrow } from '../../ui/use-narrow.ts'
import { dispatchWords } from './dispatch-words.ts'

interface Row {
  readonly unit: string
  readonly side: Award['side']
  readonly totalWh: number
  readonly period: number
  readonly peakWh: number
}

/** Where the power goes: what each unit was awarded, and in which period most of it. */
export function AwardedUnits({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useWords(dispatchWords)
  const names = useUnitNames()
  const narrow = useNarrow()
  const { language } = usePreferences()
  const units = useUnits()
  const awards = useAwards(id)
  const known = useMemo(() => new Map(units?.map((unit) => [unit.id, unit.name])), [units])
  const rows = useMemo(() => awards?.flatMap(rowOf).sort((a, b) => b.totalWh - a.totalWh), [awards])
  if (rows === undefined || rows.length === 0) return null
  const days = marketDaysBetween(session.deliveryFrom, session.deliveryTo) + 1
  const columns: Column<Row>[] = [
    { key: 'unit', title: say('peak.unit'), cell: ({ unit }) => <strong>{unit}</strong> },
    { key: 'name', title: say('peak.name'), cell: ({ unit }) => known.get(unit) },
    { key: 'side', title: say('peak.side'), width: 80, cell: ({ side }) => <SideChip side={side} /> },
    {
      key: 'total',
      title: `${say('peak.total')} ${names.energy}`,
      align: 'right',
      cell: ({ totalWh }) => <Energy wh={totalWh} />,
    },
    {
      key: 'period',
      title: say('peak.period'),
      cell: ({ period }) => <Period period={period} periods={session.periods} />,
    },
    {
      key: 'volume',
      title: `${say('peak.volume')} ${names.energy}`,
      align: 'right',
      cell: ({ peakWh }) => <Energy wh={peakWh} />,
    },
    ...(session.periods === HOURS
      ? [
          {
            key: 'power',
            title: say('peak.power'),
            align: 'right' as const,
            // An hour of each day: Wh over the days are W.
            cell: ({ peakWh }: Row) =>
              formatPower(watt(Math.round(peakWh / days)), 'MW', { locale: language, digits: 1, rounding: 'halfUp' }),
          },
        ]
      : []),
  ]
  return (
    <Section title={say('part.units')}>
      <DenseTable
        label={say('part.units')}
        rows={rows}
        rowKey={({ unit, side }) => `${unit} ${side}`}
        columns={narrow ? columns.filter(({ key }) => ['unit', 'side', 'total'].includes(key)) : columns}
        heightMax={480}
      />
    </Section>
  )
}

const HOURS = 24

/** A unit stands on one side of a period; over a day it may stand on both. */
function rowOf({ id, awards }: Named<UnitAwards>): readonly Row[] {
  return (['sell', 'buy'] as const).flatMap((side) => {
    const byPeriod = new Map<number, number>()
    for (const award of awards) {
      if (award.side !== side) continue
      award.periods.forEach((period, column) => {
        const wh = award.awardsWh.reduce((sum, step) => sum + (step[column] as number), 0)
        byPeriod.set(period, (byPeriod.get(period) ?? 0) + wh)
      })
    }
    const totalWh = [...byPeriod.values()].reduce((sum, wh) => sum + wh, 0)
    if (totalWh === 0) return []
    const [period, peakWh] = [...byPeriod].reduce((best, each) => (each[1] > best[1] ? each : best))
    return [{ unit: id, side, totalWh, period, peakWh }]
  })
}
