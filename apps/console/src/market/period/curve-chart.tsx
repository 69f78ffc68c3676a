import type { PeriodResult } from '@dujiang/market'
import { useCallback } from 'react'
import { useWords } from '../../i18n/words.ts'
import { usePreferences } from '../../preferences/preferences.ts'
import { useUnitNames } from '../../ui/amount.tsx'
import { Chart, type ChartColours } from '../../ui/chart.tsx'
import { type CurvePiece, levelsOf } from './curve.ts'
import { periodWords } from './period-words.ts'

interface CurveChartProps {
  readonly supply: readonly CurvePiece[]
  readonly demand: readonly CurvePiece[]
  readonly result: PeriodResult
  readonly isOwn: (piece: CurvePiece) => boolean
}

const MILLI_FEN_IN_YUAN = 100_000
const WH_IN = { MWh: 1_000_000, 万千瓦时: 10_000_000 }

/** Supply rising, demand falling, and where they meet; the own steps drawn thick. Prices may be negative. */
export function CurveChart({ supply, demand, result, isOwn }: CurveChartProps) {
  const say = useWords(periodWords)
  const units = useUnitNames()
  const { energy } = usePreferences()
  const option = useCallback(
    (colours: ChartColours) => {
      const point = (volumeWh: number, price: number) => [volumeWh / WH_IN[energy], price / MILLI_FEN_IN_YUAN]
      const line = (curve: readonly CurvePiece[]) => levelsOf(curve).map(([wh, price]) => point(wh, price))
      // A gap after each step, so that it is not joined with the next one of the same owner.
      const own = (curve: readonly CurvePiece[]) =>
        curve
          .filter(isOwn)
          .flatMap(({ fromWh, toWh, price }) => [point(fromWh, price), point(toWh, price), [null, null]])
      const series = (name: string, data: unknown, color: string, width: number) => ({
        name,
        type: 'line',
        data,
        showSymbol: false,
        lineStyle: { width, color },
        itemStyle: { color },
        emphasis: { disabled: true },
      })
      const stairs = (data: readonly unknown[]) => ({ step: 'end', ...(data.length > DRAWN_WHOLE_MAX && thinned) })
      const [supplied, demanded] = [line(supply), line(demand)]
      const { price, volumeWh } = result
      const meeting =
        price === undefined
          ? {}
          : {
              markLine: {
                symbol: 'none',
                silent: true,
                lineStyle: { color: colours.ink2, type: 'dashed', width: 1 },
                label: { color: colours.ink, formatter: ({ value }: { value: number }) => value.toLocaleString('en') },
                data: [{ yAxis: price / MILLI_FEN_IN_YUAN }, { xAxis: volumeWh / WH_IN[energy] }],
              },
            }
      return {
        legend: { top: 0, right: 0, itemHeight: 8, icon: 'roundRect', textStyle: { color: colours.ink2 } },
        grid: { left: 60, right: 64, top: 46, bottom: 58 },
        tooltip: { show: false },
        dataZoom: [
          { type: 'inside', xAxisIndex: 0, zoomOnMouseWheel: 'ctrl' },
          {
            type: 'slider',
            xAxisIndex: 0,
            height: 16,
            showDataShadow: false,
            brushSelect: false,
            bottom: 6,
            borderColor: colours.line,
            fillerColor: colours.line,
            moveHandleSize: 0,
            handleStyle: { color: colours.surface, borderColor: colours.ink2 },
            textStyle: { color: colours.ink2 },
          },
        ],
        xAxis: { ...axis(units.energy, colours), nameLocation: 'end', min: 0 },
        yAxis: { ...axis(units.price, colours), scale: true },
        series: [
          { ...series(say('supply'), supplied, colours.sell, 1.6), ...stairs(supplied), ...meeting },
          { ...series(say('demand'), demanded, colours.buy, 1.6), ...stairs(demanded) },
          series(say('own'), [...own(supply), ...own(demand)], colours.accent, 5),
        ],
      }
    },
    [supply, demand, result, isOwn, say, units.energy, units.price, energy],
  )
  return <Chart label={say('curve')} option={option} height={340} />
}

const axis = (name: string, { ink2, line }: ChartColours) => ({
  type: 'value',
  name,
  nameTextStyle: { color: ink2 },
  axisLabel: { color: ink2 },
  axisLine: { onZero: false, lineStyle: { color: line } },
  splitLine: { lineStyle: { color: line } },
})

/** Levels of a curve: more than a screen has points. */
const DRAWN_WHOLE_MAX = 2_000
/** Of thousands of steps as many are drawn as there are points of the screen; zoomed into, all of them. */
const thinned = { sampling: 'lttb' } as const
