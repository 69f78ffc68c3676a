import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CometRpc } from '@dujiang/node/engine'
import { Pair } from '@dujiang/node/network'
import type { ApplicationName } from './applications.ts'
import { type Fault, befall } from './faults.ts'
import type { Place } from './founding.ts'
import { type Member, type Part, RPC_MS } from './member.ts'

const script = fileURLToPath(new URL('node-main.ts', import.meta.url))

export interface PairMemberOptions {
  readonly place: Place
  readonly cometbft: string
  readonly application: ApplicationName
  /** Where Node keeps what it compiles, unless the environment says: the same code starts many times. */
  readonly compiled: string
  readonly log: (line: string) => void
}

/** A node in two processes under the supervisor that runs them in earnest: whichever is killed, both are started anew. */
export class PairMember implements Member {
  readonly place: Place
  readonly url: string
  readonly rpc: CometRpc
  readonly node = undefined
  readonly #options: PairMemberOptions
  #pair: Pair | undefined

  constructor(options: PairMemberOptions) {
    this.#options = options
    this.place = options.place
    this.url = `http://127.0.0.1:${options.place.apiPort}`
    this.rpc = new CometRpc(options.place.rpcUrl, { timeoutMs: RPC_MS })
  }

  get pair(): Pair {
    if (this.#pair === undefined) throw new Error(`${this.place.name} has not been started`)
    return this.#pair
  }

  async start(): Promise<void> {
    const { place, cometbft, application, compiled, log } = this.#options
    this.#pair = new Pair({
      home: place.home,
      cometbft,
      app: [process.execPath, script, place.home, application, String(place.apiPort)],
      // With NODE_TEST_CONTEXT a process would speak the test runner's protocol.
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, NODE_TEST_CONTEXT: undefined },
      limits: { lookMs: 200, restartMs: 20 },
      log: (line) => log(`${place.name}: ${line}`),
    })
    await this.#pair.start()
    await this.#pair.until('running')
  }

  async stop(): Promise<void> {
    await this.#pair?.stop()
    this.#pair = undefined
  }

  befall(fault: Fault): void {
    befall(this.place.home, this.#pidOf('app'), fault)
  }

  async untilGone(part: Part): Promise<void> {
    for (;;) {
      const [member] = await once(this.pair, 'exit')
      if (member === part) return
    }
  }

  async kill(part: Part | 'both', signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const parts: readonly Part[] = part === 'both' ? ['app', 'cometbft'] : [part]
    await Promise.all(parts.map((each) => this.#killOne(each, signal)))
  }

  #pidOf(part: Part): number {
    const pid = this.pair.pid(part)
    if (pid === undefined) throw new Error(`${this.place.name}: no ${part} runs`)
    return pid
  }

  async #killOne(part: Part, signal: NodeJS.Signals): Promise<void> {
    const pid = this.#pidOf(part)
    const gone = this.untilGone(part)
    process.kill(pid, signal)
    await gone
  }
}
