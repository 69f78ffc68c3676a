import type { Result } from '@dujiang/market'
import { useCallback } from 'react'
import { useWords } from '../i18n/words.ts'
import { usePreferences } from '../preferences/preferences.ts'
import { useUnitNames } from '../ui/amount.tsx'
import { Chart, type ChartColours } from '../ui/chart.tsx'
import { periodLabel } from '../ui/period.tsx'
import { resultWords } from './result-words.ts'

const MILLI_FEN_IN_YUAN = 100_000
const WH_IN = { MWh: 1_000_000, 万千瓦时: 10_000_000 }

/** Price as a step line over bars of volume; prices may be negative. */
export function ResultChart({ result, height = 240 }: { readonly result: Result; readonly height?: number }) {
  const say = useWords(resultWords)
  const units = useUnitNames()
  const { energy } = usePreferences()
  const option = useCallback(
    (colours: ChartColours) => ({
      legend: { left: 'center', top: 0, itemHeight: 8, textStyle: { color: colours.ink2 } },
      grid: { left: 56, right: 64, top: 34, bottom: 28 },
      xAxis: {
        type: 'category',
        data: result.periods.map(({ period }) => periodLabel(period, result.periods.length)),
        axisLabel: { color: colours.ink2, formatter: (label: string) => label.slice(0, 5) },
        axisLine: { lineStyle: { color: colours.line }, onZero: false },
      },
      yAxis: [
        axis(units.price, colours, true),
        { ...axis(units.energy, colours, false), position: 'right', min: 0, splitLine: { show: false } },
      ],
      series: [
        {
          name: say('volume'),
          type: 'bar',
          yAxisIndex: 1,
          data: result.periods.map(({ volumeWh }) => volumeWh / WH_IN[energy]),
          itemStyle: { color: colours.line },
          barCategoryGap: '28%',
        },
        {
          name: say('price'),
          type: 'line',
          step: 'middle',
          symbol: 'none',
          lineStyle: { width: 2, color: colours.accent },
          itemStyle: { color: colours.accent },
          data: result.periods.map(({ price }) => (price === undefined ? null : price / MILLI_FEN_IN_YUAN)),
        },
      ],
    }),
    [result, say, units.price, units.energy, energy],
  )
  return <Chart label={say('chart')} option={option} height={height} />
}

const axis = (name: string, { ink2, line }: ChartColours, scale: boolean) => ({
  type: 'value',
  name,
  scale,
  nameTextStyle: { color: ink2 },
  axisLabel: { color: ink2 },
  splitLine: { lineStyle: { color: line } },
})
