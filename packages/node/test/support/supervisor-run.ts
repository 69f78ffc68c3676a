/** A supervisor in a process of its own, to be killed: `node supervisor-run.ts <home> <cometbft> <app command …>`. */
import { Pair, supervise } from '../../src/network/index.ts'

const [home, cometbft, ...app] = process.argv.slice(2)
const pair = new Pair({ home: home!, cometbft: cometbft!, app, log: () => {} })
pair.on('height', (height) =>
  console.log(JSON.stringify({ height, app: pair.pid('app'), cometbft: pair.pid('cometbft') })),
)
await supervise(pair, 0)
console.log('stopped')
