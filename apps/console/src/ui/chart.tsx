import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { uiWords } from '../i18n/ui-words.ts'
import { useWords } from '../i18n/words.ts'
import { useTheme } from './use-theme.ts'

/** The page's colours, for a canvas that cannot read them from its style. */
export interface ChartColours {
  readonly ink: string
  readonly ink2: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly sell: string
  readonly buy: string
  readonly good: string
  readonly warn: string
  readonly bad: string
}

interface ChartProps {
  /** What it shows, for those who do not see it; the same numbers stand in a table beside or below. */
  readonly label: string
  /** Made from the colours of now. It is set anew whenever the function is another: keep it by useCallback. */
  readonly option: (colours: ChartColours) => EChartsCoreOption
  readonly height?: number
}

/** A chart of echarts, which is loaded when the first one is shown. */
export function Chart({ label, option, height = 280 }: ChartProps) {
  const say = useWords(uiWords)
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType>()
  const theme = useTheme()
  useEffect(() => {
    let end = (): void => {}
    let ended = false
    void import('./chart-engine.ts').then(({ init }) => {
      const element = place.current
      if (ended || element === null) return
      const made = init(element)
      const fit = (): void => {
        // It has no size once its page has been left.
        if (element.clientWidth === 0) return
        if (made.getWidth() !== element.clientWidth || made.getHeight() !== element.clientHeight) made.resize()
      }
      const observer = new ResizeObserver(fit)
      observer.observe(element)
      setChart(made)
      end = () => {
        observer.disconnect()
        made.dispose()
        setChart(undefined)
      }
    })
    return () => {
      ended = true
      end()
    }
  }, [])
  useEffect(() => {
    if (chart === undefined || place.current === null) return
    const colours = coloursOf(place.current)
    chart.setOption({ ...base(colours), ...option(colours) }, { notMerge: true })
  }, [chart, option, theme])
  return (
    <figure className="chart" aria-label={label} role="img" style={{ height }}>
      <div ref={place} />
      {chart ? null : <figcaption className="muted">{say('chart.loading')}</figcaption>}
    </figure>
  )
}

function base({ ink, ink2, line, surface, accent, sell, buy, good, warn }: ChartColours): EChartsCoreOption {
  return {
    animation: false,
    color: [accent, buy, sell, good, warn],
    textStyle: { color: ink2, fontFamily: 'inherit', fontSize: 12 },
    grid: { left: 56, right: 16, top: 28, bottom: 36 },
    // Drawn on the canvas: the page's policy lets no text bring styles of its own.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: ink, fontSize: 12 },
    },
  }
}

function coloursOf(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: of('ink'),
    ink2: of('ink-2'),
    line: of('line'),
    surface: of('surface'),
    accent: of('accent'),
    sell: of('sell'),
    buy: of('buy'),
    good: of('good'),
    warn: of('warn'),
    bad: of('bad'),
  }
}
