/** `npm run bench:network [-- [--json] [--short] [--runs n] [--minutes n] [--profile dir] [bar …]]`: four organisations on this machine. */
import { parseArgs } from 'node:util'
import { type Figure, figureLine, figureText, machine } from '../figure.ts'
import { adapterBar } from './adapter-bar.ts'
import { booksBar } from './books-bar.ts'
import { latencyBar } from './latency-bar.ts'
import { ordersBar } from './orders-bar.ts'
import { findPrograms } from './programs.ts'
import { soakBar } from './soak-bar.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** One short run of each: to see that it works. */
    short: { type: 'boolean', default: false },
    /** Of these the medians are given. */
    runs: { type: 'string', default: '3' },
    /** How long the soak lasts. */
    minutes: { type: 'string', default: '30' },
    /** A folder for processor profiles: of the nodes a file a thread, those of main threads with `.0.` in their names; of the engines for pprof. */
    profile: { type: 'string' },
  },
})
const runs = values.short ? 1 : Number(values.runs)
const seconds = values.short ? 5 : 12
const profileDir = values.profile
const programs = await findPrograms()

const bars = new Map<string, () => Promise<readonly Figure[]>>()
for (const validators of [1, 4] as const) {
  bars.set(`adapter.${validators}`, () => adapterBar(programs, { validators, runs, seconds }))
}
for (const validators of [1, 4] as const) {
  for (const scheme of ['ed25519', 'sm2'] as const) {
    const ratioMin = validators === 1 ? 0.45 : 0.4
    bars.set(`orders.${validators}.${scheme}`, () =>
      ordersBar(programs, { validators, scheme, runs, seconds, ratioMin, profileDir }),
    )
  }
}
for (const scheme of ['ed25519', 'sm2'] as const) {
  bars.set(`latency.${scheme}`, () => latencyBar(programs, { scheme, runs, seconds }))
}
for (const validators of [1, 4] as const) {
  bars.set(`books.${validators}`, () => booksBar(programs, { validators, runs, seconds }))
}
bars.set('soak', () => soakBar(programs, values.short ? 1 : Number(values.minutes)))

const unknown = positionals.filter((asked) => ![...bars.keys()].some((name) => belongs(name, asked)))
if (unknown.length > 0) {
  console.error(`no bar ${unknown.join(', ')}; there are ${[...bars.keys()].join(', ')}`)
  process.exit(2)
}

if (!values.json) console.log(`${machine}, CometBFT ${programs.version}; settings: those of the homes that we lay out`)
for (const [name, bar] of bars) {
  // Half an hour, and for whoever asks for it.
  if (positionals.length === 0 ? name === 'soak' : !positionals.some((asked) => belongs(name, asked))) continue
  for (const figure of await bar()) console.log(values.json ? figureLine(figure) : figureText(figure))
}

/** A bar is asked for by its name, or by the beginning of it up to a dot. */
function belongs(name: string, asked: string): boolean {
  return name === asked || name.startsWith(`${asked}.`)
}
