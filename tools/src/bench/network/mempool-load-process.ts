import { createInterface } from 'node:readline'
import { median } from '../figure.ts'
import { EngineSocket } from './engine-socket.ts'

/** What the load on the mempools is told. */
export interface MempoolPlan {
  /** RPC of every validator; each gets an equal part over connections of its own. */
  readonly rpcUrls: readonly string[]
  readonly connections: number
  /** Sent and in no block yet, altogether. */
  readonly inFlight: number
  readonly txBytes: number
}

export interface MempoolResult {
  readonly committed: number
  readonly seconds: number
  readonly blocks: number
  readonly blockMs: number
  /** Answered with an error: the mempool was full. */
  readonly refused: number
}

// Transactions without signatures straight into the mempools, over websockets: `node mempool-load-process.ts '<plan>'`.
// To each line of JSON {seconds} on its input it loads for so long and says what it saw.
const plan = JSON.parse(process.argv[2] ?? 'null') as MempoolPlan
const sockets = await Promise.all(
  Array.from({ length: plan.connections }, (_, at) =>
    EngineSocket.open(plan.rpcUrls[at % plan.rpcUrls.length] as string),
  ),
)
const watcher = await EngineSocket.open(plan.rpcUrls[0] as string)
const filler = 'x'.repeat(plan.txBytes)
let sent = 0
let committed = 0
let refused = 0
let blockTimes: number[] = []
let isLoading = false

for (const socket of sockets) {
  socket.onAnswer = (isError) => {
    if (isError) refused += 1
  }
}
await watcher.watchBlocks((txs) => {
  committed += txs
  blockTimes.push(performance.now())
  if (isLoading) fill()
})
console.log(JSON.stringify({ ready: true }))

for await (const line of createInterface({ input: process.stdin })) {
  const { seconds } = JSON.parse(line) as { readonly seconds: number }
  console.log(JSON.stringify(await load(seconds)))
}
for (const socket of [...sockets, watcher]) socket.close()

async function load(seconds: number): Promise<MempoolResult> {
  const [committedBefore, refusedBefore, startedAt] = [committed, refused, performance.now()]
  blockTimes = []
  isLoading = true
  fill()
  await new Promise((done) => setTimeout(done, 1_000 * seconds))
  const intervals = blockTimes.slice(1).map((time, at) => time - (blockTimes[at] as number))
  const result = {
    committed: committed - committedBefore,
    seconds: (performance.now() - startedAt) / 1_000,
    blocks: blockTimes.length,
    blockMs: median(intervals),
    refused: refused - refusedBefore,
  }
  isLoading = false
  return result
}

function fill(): void {
  while (sent - refused - committed < plan.inFlight) {
    const socket = sockets[sent % sockets.length] as EngineSocket
    // The shape of CometBFT's own example: key=value.
    socket.broadcast(`${process.pid}.${sent}=${filler}`.slice(0, plan.txBytes))
    sent += 1
  }
}
