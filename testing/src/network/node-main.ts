/**
 * The ledger's half of a node as a process of its own, to be killed: `node node-main.ts HOME APPLICATION PORT [HOST]`. Says its
 * URL on stdout, a line of JSON, once it serves. Ends when its stdin ends, so that it outlives nobody. What may befall it: faults.ts.
 */
import { flushCompileCache } from 'node:module'
import { onSupervisorGone } from '@dujiang/node/network'
import type { ApplicationName } from './applications.ts'
import { Trap } from './faults.ts'
import { openHalf } from './ledger-half.ts'

const [home = '', application, port, host = '127.0.0.1'] = process.argv.slice(2)

onSupervisorGone(() => process.exit())
const trap = new Trap(home)
const half = await openHalf({
  home,
  application: application as ApplicationName,
  host,
  port: Number(port),
  disk: trap.disk,
  log: trap.log,
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void half.close().then(() => process.exit()))
}
process.stdout.write(`${JSON.stringify({ url: `http://${host}:${port}` })}\n`)
// A process that is killed would never write down what it has compiled.
flushCompileCache()
