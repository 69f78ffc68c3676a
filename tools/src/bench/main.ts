/** `npm run bench [-- [--json] [--runs <n>] [--profile <dir>] [--keep <dir>] [bar …]]`: figures beside their limits. */
import { parseArgs } from 'node:util'
import { auditBar } from './audit-bar.ts'
import { bulkBar } from './bulk-bar.ts'
import { clearingBar } from './clearing-bar.ts'
import { consoleBar } from './console/console-bar.ts'
import { type Figure, figureLine, figureText, machine } from './figure.ts'
import { mainThreadBar } from './main-thread-bar.ts'
import { type OrdersOptions, ordersBarRepeated } from './orders-bar.ts'
import { projectionsBar } from './projections-bar.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** How often each load is measured; the medians are given. */
    runs: { type: 'string', default: '1' },
    /** A folder for processor profiles of the node under load, a file a thread; the main thread's has `.0.` in its name. */
    profile: { type: 'string' },
    /** A folder where the ledger of the bar `console` stays, for another run. */
    keep: { type: 'string' },
  },
})

const bulk = { perRequest: 100, lanes: 8 } as const
const single = { perRequest: 1, lanes: 80, rounds: 12 } as const

const loads: readonly OrdersOptions[] = [
  { ...bulk, bar: 'orders.sm2.bulk', scheme: 'sm2', rounds: 20, ratioMin: 0.35 },
  { ...bulk, bar: 'orders.ed25519.bulk', scheme: 'ed25519', rounds: 30, ratioMin: 0.2 },
  { ...single, bar: 'orders.sm2.single', scheme: 'sm2' },
  { ...single, bar: 'orders.ed25519.single', scheme: 'ed25519' },
  { bar: 'orders.sm2.quiet', scheme: 'sm2', perRequest: 1, lanes: 1, rounds: 2 },
]

type Bar = () => Promise<readonly Figure[]> | readonly Figure[]

const bars = new Map<string, Bar>([
  ['mainThread', mainThreadBar],
  ...loads.map((load) => [load.bar, () => measure(load)] as [string, Bar]),
  ['audit.sm2', () => auditBar('sm2')],
  ['audit.ed25519', () => auditBar('ed25519')],
  ['clearing', clearingBar],
  ['projections', projectionsBar],
  ['bulk', bulkBar],
  ['console', () => consoleBar(values.keep)],
])

const unknown = positionals.filter((asked) => ![...bars.keys()].some((name) => belongs(name, asked)))
if (unknown.length > 0) {
  console.error(`no bar ${unknown.join(', ')}; there are ${[...bars.keys()].join(', ')}`)
  process.exit(2)
}

/** Takes minutes, and a browser. */
const ONLY_WHEN_ASKED = new Set(['console'])

if (!values.json) console.log(machine)
for (const [name, bar] of bars) {
  const asked = positionals.length === 0 ? !ONLY_WHEN_ASKED.has(name) : positionals.some((each) => belongs(name, each))
  if (!asked) continue
  for (const figure of await bar()) console.log(values.json ? figureLine(figure) : figureText(figure))
}

function measure(load: OrdersOptions): Promise<readonly Figure[]> {
  const profile = values.profile === undefined ? {} : { profileDir: values.profile }
  return ordersBarRepeated({ ...load, ...profile }, Number(values.runs))
}

/** A bar is asked for by its name, or by the beginning of it up to a dot. */
function belongs(name: string, asked: string): boolean {
  return name === asked || name.startsWith(`${asked}.`)
}
