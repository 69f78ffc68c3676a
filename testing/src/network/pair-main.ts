/**
 * A whole node on a host of its own: `node pair-main.ts HOME COMETBFT APPLICATION PORT HOST`. Its supervisor, and a way from the
 * address HOST to the RPC of its engine, which listens on loopback alone. Says `running` on stdout; ends by SIGTERM, or
 * with its stdin.
 */
import { fileURLToPath } from 'node:url'
import { Pair, onSupervisorGone, readHome } from '@dujiang/node/network'
import { forward } from './forward.ts'

const [home = '', cometbft = '', ...app] = process.argv.slice(2)
const host = app.at(-1) as string
const script = fileURLToPath(new URL('node-main.ts', import.meta.url))
const pair = new Pair({
  home,
  cometbft,
  app: [process.execPath, script, home, ...app],
  limits: { lookMs: 500, restartMs: 20 },
  log: (line) => process.stderr.write(`${line}\n`),
})
const rpcPort = Number(new URL((await readHome(home)).rpcUrl).port)
const way = await forward({ host, port: rpcPort }, { host: '127.0.0.1', port: rpcPort })
const stop = (): void => {
  way.close()
  void pair.stop().then(() => process.exit())
}
process.once('SIGTERM', stop)
onSupervisorGone(stop)
await pair.start()
await pair.until('running')
process.stdout.write('running\n')
