import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NO_BROWSER } from '@dujiang/testing/browser-program'
import type { Figure } from '../figure.ts'
import { LineProcess } from '../processes.ts'
import { DEEP, LAST, OPEN, VIEWER, fullLedger } from './full-ledger.ts'

const INTERACTION_MS_ASKED = 100
const app = new URL('../../../../apps/console/', import.meta.url)

/** What the browser has seen of one thing that a person does. */
interface Seen {
  readonly name: string
  /** The longest from an input to the paint that answers it; 0 when all were too short for the browser to tell (16 ms). */
  readonly paintMs?: number
  /** Until what was asked for is on the screen. */
  readonly dataMs?: number
  /** Processor time of the page's thread, until nothing waits; of scrolling, a frame. */
  readonly cpuMs?: number
  readonly frameMs?: { readonly p95: number; readonly worst: number }
  readonly note?: string
  readonly megabytes?: number
}

/**
 * The console before a ledger of 100,000 orders, in a real Chromium: from each input to the next paint, and to the data.
 * @param keep a folder for the ledger, so that another run need not found it
 */
export async function consoleBar(keep: string | undefined): Promise<readonly Figure[]> {
  if (NO_BROWSER !== false) throw new Error(NO_BROWSER)
  execFileSync(process.execPath, [fileURLToPath(new URL('build.ts', app)), '--if-stale'], { stdio: 'inherit' })
  const dir = keep ?? mkdtempSync(join(tmpdir(), 'dujiang-console-bench-'))
  mkdirSync(dir, { recursive: true })
  try {
    const startedMs = performance.now()
    const { orders } = await fullLedger(dir, (line) => console.error(line))
    const foundedSeconds = (performance.now() - startedMs) / 1_000
    return await visited(dir, orders, foundedSeconds)
  } finally {
    if (keep === undefined) rmSync(dir, { recursive: true, force: true })
  }
}

async function visited(dir: string, orders: number, foundedSeconds: number): Promise<readonly Figure[]> {
  const node = new LineProcess('./console/node-process.ts', [dir])
  try {
    const { url, receipts, listsSeconds } = await node.json<{ url: string; receipts: number; listsSeconds: number }>()
    const facts = { url, receipts, viewer: VIEWER, open: OPEN, deep: DEEP, last: LAST }
    const visit = new LineProcess('../../../apps/console/test/bench/visit-process.ts', [JSON.stringify(facts)])
    const figures: Figure[] = [
      {
        bar: 'console.orders',
        value: orders,
        unit: 'orders',
        note: `founded, or found, in ${foundedSeconds.toFixed(0)} s`,
      },
      {
        bar: 'console.receipts',
        value: receipts,
        unit: 'receipts',
        note: `in the lists after ${listsSeconds.toFixed(1)} s`,
      },
    ]
    for (;;) {
      const seen = await visit.json<Seen | { readonly over: true }>()
      if ('over' in seen) break
      figures.push(...figuresOf(seen))
    }
    await visit.close()
    return figures
  } finally {
    await node.close()
  }
}

function figuresOf({ name, paintMs, dataMs, cpuMs, frameMs, megabytes, note = '' }: Seen): readonly Figure[] {
  const bar = `console.${name}`
  const said = [
    ...(dataMs === undefined ? [] : [`data after ${dataMs.toFixed(0)} ms`]),
    ...(cpuMs === undefined ? [] : [`${cpuMs.toFixed(0)} ms of the processor`]),
    ...(note === '' ? [] : [note]),
  ].join('; ')
  if (frameMs !== undefined) {
    return [
      { bar, value: frameMs.p95, unit: 'ms/frame', note: `p95, the worst ${frameMs.worst.toFixed(0)} ms; ${said}` },
    ]
  }
  if (megabytes !== undefined) return [{ bar, value: megabytes, unit: 'MB', note }]
  return paintMs === undefined ? [] : [{ bar, value: paintMs, unit: 'ms', limit: INTERACTION_MS_ASKED, note: said }]
}
