import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** What the browser saw of one interaction. */
export interface Measured {
  /** The longest from an input to the next paint, as event timing has it: in steps of 8 ms, 0 when below 16. */
  readonly paintMs: number
  /** From the first input until what was asked for had been painted. */
  readonly dataMs?: number
  /** Processor time of the page's thread until nothing waited any more, whoever else wanted the processor. */
  readonly cpuMs: number
}

export interface Frames {
  readonly p95: number
  readonly worst: number
}

/** In the page, before anything of it: what inputs led to, when they came. */
const INSTALLED = `
window.gauge = {
  paints: [],
  inputMs: undefined,
  begin() {
    this.paints = []
    this.inputMs = undefined
  },
  // A page is looked at before something is pressed.
  looked: () => new Promise((done) => setTimeout(done, 500)),
  // Two frames are painted and nothing waits any more: entries come after their paint.
  settled: () =>
    new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => setTimeout(done, 60)))),
    ),
  async until(holds) {
    while (!holds()) await new Promise(requestAnimationFrame)
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return performance.now()
  },
  async jump(frame) {
    const startedMs = performance.now()
    frame.scrollTop = frame.scrollHeight
    await new Promise(requestAnimationFrame)
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return [startedMs, performance.now()]
  },
  async scroll(frame, px, frames) {
    const gaps = []
    let before = await new Promise(requestAnimationFrame)
    for (let at = 0; at < frames; at++) {
      frame.scrollTop += px
      const now = await new Promise(requestAnimationFrame)
      gaps.push(now - before)
      before = now
    }
    return gaps
  },
}
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) window.gauge.paints.push(duration)
}).observe({ type: 'event', durationThreshold: 16 })
for (const type of ['pointerdown', 'keydown', 'paste']) {
  addEventListener(type, ({ timeStamp }) => (window.gauge.inputMs ??= timeStamp), { capture: true, passive: true })
}
`

export const installGauge = (context: BrowserContext): Promise<unknown> => context.addInitScript(INSTALLED)

/**
 * Does something as a person would and looks at what the browser made of it.
 * @param shown an expression of the page that is true once what was asked for is on the screen, and not before
 */
export async function measure(page: Page, cpu: CpuMeter, act: () => Promise<void>, shown?: string): Promise<Measured> {
  await page.evaluate('gauge.looked().then(() => gauge.settled()).then(() => gauge.begin())')
  const painted = shown === undefined ? undefined : page.evaluate<number>(`gauge.until(() => ${shown})`)
  const before = await cpu.ms()
  await act()
  const shownMs = await painted
  await page.evaluate('gauge.settled()')
  const { paints, inputMs } = await page.evaluate<{ readonly paints: readonly number[]; readonly inputMs: number }>(
    '({ paints: gauge.paints, inputMs: gauge.inputMs })',
  )
  const seen = { paintMs: Math.max(0, ...paints), cpuMs: (await cpu.ms()) - before }
  return shownMs === undefined ? seen : { ...seen, dataMs: shownMs - inputMs }
}

/** Scrolls a frame by so much a frame, and gives the times between frames. */
export async function scrollFrames(page: Page, frame: string, px: number, frames: number): Promise<Frames> {
  const gaps = await page.evaluate<number[]>(`gauge.scroll(document.querySelector('${frame}'), ${px}, ${frames})`)
  const sorted = gaps.toSorted((a, b) => a - b)
  return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0, worst: sorted.at(-1) ?? 0 }
}

/** What the thread of a page has used. */
export class CpuMeter {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async of(page: Page): Promise<CpuMeter> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new CpuMeter(session)
  }

  async ms(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
  }
}

/** What the page's scripts keep, after a collection of all garbage. */
export async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 1e6
}
