import { useCallback } from 'react'
import { useWords } from '../../i18n/words.ts'
import { Chart, type ChartColours } from '../../ui/chart.tsx'
import { periodLabel } from '../../ui/period.tsx'
import type { PeriodRow } from './recorded-data.ts'
import { recordedWords } from './recorded-words.ts'

const STEP = 100_000

interface DifferenceChartProps {
  readonly periods: readonly PeriodRow[]
  readonly of: number
  readonly unit: string
}

/** The ledger's price as a line, what was published as points on it or beside it. */
export function DifferenceChart({ periods, of, unit }: DifferenceChartProps) {
  const say = useWords(recordedWords)
  const option = useCallback(
    ({ ink2, line, accent, warn }: ChartColours) => ({
      legend: { right: 0, top: 0, itemHeight: 8, textStyle: { color: ink2 } },
      grid: { left: 56, right: 16, top: 34, bottom: 28 },
      xAxis: {
        type: 'category',
        data: Array.from({ length: of }, (_, at) => periodLabel(at + 1, of)),
        axisLabel: { color: ink2, formatter: (label: string) => label.slice(0, 5) },
        axisLine: { lineStyle: { color: line }, onZero: false },
      },
      yAxis: {
        type: 'value',
        name: unit,
        scale: true,
        nameTextStyle: { color: ink2 },
        axisLabel: { color: ink2 },
        splitLine: { lineStyle: { color: line } },
      },
      series: [
        {
          name: say('col.price'),
          type: 'line',
          step: 'middle',
          symbol: 'none',
          lineStyle: { width: 2, color: accent },
          itemStyle: { color: accent },
          data: columnOf(periods, of, ({ row }) => (row.kind === 'rederived' ? row.result.price : undefined)),
        },
        {
          name: say('col.published'),
          type: 'scatter',
          symbolSize: 8,
          itemStyle: { color: warn },
          data: columnOf(periods, of, ({ row }) => row.published.price),
        },
      ],
    }),
    [periods, of, unit, say],
  )
  return <Chart label={say('part.chart')} option={option} height={260} />
}

function columnOf(
  periods: readonly PeriodRow[],
  of: number,
  pick: (row: PeriodRow) => number | undefined,
): readonly (number | null)[] {
  const values = Array<number | null>(of).fill(null)
  for (const each of periods) {
    const price = pick(each)
    if (price !== undefined) values[each.period - 1] = price / STEP
  }
  return values
}
