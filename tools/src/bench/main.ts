/** `npm run bench [-- [--json] [--runs <n>] [bar …]]`: figures beside their limits, measured in the same run. */
import { parseArgs } from 'node:util'
import { auditBar } from './audit-bar.ts'
import { clearingBar } from './clearing-bar.ts'
import { type Figure, figureLine, figureText, machine } from './figure.ts'
import { mainThreadBar } from './main-thread-bar.ts'
import { type OrdersOptions, ordersBarRepeated } from './orders-bar.ts'

/** The bars by name; those of one family start with its name and a dot, and can be asked for together. */
const bars: Readonly<Record<string, () => Promise<readonly Figure[]> | readonly Figure[]>> = {
  mainThread: mainThreadBar,
  'orders.sm2.bulk': orders({ scheme: 'sm2', perRequest: 100, lanes: 8, rounds: 20, ratioMin: 0.35 }),
  'orders.ed25519.bulk': orders({ scheme: 'ed25519', perRequest: 100, lanes: 8, rounds: 30, ratioMin: 0.2 }),
  'orders.sm2.single': orders({ scheme: 'sm2', perRequest: 1, lanes: 80, rounds: 12 }),
  'orders.ed25519.single': orders({ scheme: 'ed25519', perRequest: 1, lanes: 80, rounds: 12 }),
  'orders.sm2.quiet': orders({ scheme: 'sm2', perRequest: 1, lanes: 1, rounds: 2 }),
  'audit.sm2': () => auditBar('sm2'),
  'audit.ed25519': () => auditBar('ed25519'),
  clearing: clearingBar,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '1' } },
})
const unknown = positionals.filter((asked) => !Object.keys(bars).some((name) => belongs(name, asked)))
if (unknown.length > 0) {
  console.error(`no bar ${unknown.join(', ')}; there are ${Object.keys(bars).join(', ')}`)
  process.exit(2)
}

if (!values.json) console.log(machine)
for (const [name, measure] of Object.entries(bars)) {
  if (positionals.length > 0 && !positionals.some((asked) => belongs(name, asked))) continue
  for (const figure of await measure()) console.log(values.json ? figureLine(figure) : figureText(figure))
}

function orders(options: OrdersOptions) {
  return () => ordersBarRepeated(options, Number(values.runs))
}

function belongs(name: string, asked: string): boolean {
  return name === asked || name.startsWith(`${asked}.`)
}
