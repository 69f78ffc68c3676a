import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { CometRpc } from '@dujiang/node/engine'
import { type HomeNodeOptions, homePaths, readHome } from '@dujiang/node/network'
import type { LedgerNode } from '@dujiang/node/service'
import type { ApplicationName } from './applications.ts'
import type { Place } from './founding.ts'
import { type LedgerHalf, openHalf } from './ledger-half.ts'
import { type Member, type Part, RPC_MS } from './member.ts'

export interface InsideMemberOptions {
  readonly place: Place
  readonly cometbft: string
  readonly application: ApplicationName
  readonly half?: HomeNodeOptions
}

/** A node whose ledger lives in this process, where a test can look into it; the cometbft process is a child. */
export class InsideMember implements Member {
  readonly place: Place
  readonly url: string
  readonly rpc: CometRpc
  readonly #options: InsideMemberOptions
  /** Of the cometbft process, from its next start on. */
  cometEnv: NodeJS.ProcessEnv = {}
  #half: LedgerHalf | undefined
  #comet: ChildProcess | undefined

  constructor(options: InsideMemberOptions) {
    this.#options = options
    this.place = options.place
    this.url = `http://127.0.0.1:${options.place.apiPort}`
    this.rpc = new CometRpc(options.place.rpcUrl, { timeoutMs: RPC_MS })
  }

  get node(): LedgerNode | undefined {
    return this.#half?.node
  }

  async start(): Promise<void> {
    const { place, application, half = {} } = this.#options
    const { home, apiPort: port } = place
    const opening = this.#half ?? openHalf({ ...half, home, application, host: '127.0.0.1', port })
    // One that waits for a snapshot is open only once its engine has got it one.
    const { joinsBySnapshot } = await readHome(home)
    if (!joinsBySnapshot) await opening
    if (this.#comet === undefined || !isRunning(this.#comet)) this.#startComet()
    this.#half = await opening
  }

  #startComet(): void {
    const { place, cometbft } = this.#options
    const paths = homePaths(place.home)
    const out = openSync(join(paths.logs, 'comet.log'), 'a')
    // Its stdin ends with this process, but it does not read it: `stop` and `kill` end it.
    this.#comet = spawn(cometbft, ['start', '--home', paths.comet], {
      stdio: ['ignore', out, out],
      env: { ...process.env, ...this.cometEnv },
    })
    closeSync(out)
  }

  async stop(): Promise<void> {
    await this.#endComet('SIGTERM')
    await this.#half?.close()
    this.#half = undefined
  }

  befall(): void {
    throw new Error(`${this.place.name}: what befalls a ledger in this process befalls the test`)
  }

  async untilGone(part: Part): Promise<void> {
    if (part !== 'cometbft' || this.#comet === undefined) throw new Error(`${this.place.name}: no such process runs`)
    if (isRunning(this.#comet)) await once(this.#comet, 'exit')
  }

  async kill(part: Part | 'both', signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (part !== 'cometbft') throw new Error(`${this.place.name}: a ledger in this process cannot be killed`)
    await this.#endComet(signal)
  }

  async #endComet(signal: NodeJS.Signals): Promise<void> {
    const comet = this.#comet
    this.#comet = undefined
    if (comet === undefined || !isRunning(comet)) return
    const gone = once(comet, 'exit')
    comet.kill(signal)
    await gone
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null
