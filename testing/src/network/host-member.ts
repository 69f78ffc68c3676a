import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CometRpc } from '@dujiang/node/engine'
import type { ApplicationName } from './applications.ts'
import { forward } from './forward.ts'
import type { Place } from './founding.ts'
import { type Member, RPC_MS } from './member.ts'

const script = fileURLToPath(new URL('pair-main.ts', import.meta.url))

export interface HostMemberOptions {
  readonly place: Place
  readonly cometbft: string
  readonly application: ApplicationName
  readonly compiled: string
  /** What its command line begins with so that it runs on its host, and the address at which this machine finds that. */
  readonly on: readonly [string, ...string[]]
  readonly address: string
  readonly log: (line: string) => void
}

/** A node with its supervisor on a host of its own, whose cables can be pulled; it is not killed. */
export class HostMember implements Member {
  readonly place: Place
  readonly url: string
  readonly rpc: CometRpc
  readonly node = undefined
  readonly #options: HostMemberOptions
  #child: ChildProcess | undefined
  #way: { close(): void } | undefined

  constructor(options: HostMemberOptions) {
    this.#options = options
    this.place = options.place
    this.url = `http://${options.address}:${options.place.apiPort}`
    this.rpc = new CometRpc(options.place.rpcUrl, { timeoutMs: RPC_MS })
  }

  async start(): Promise<void> {
    const { place, cometbft, application, compiled, on, address, log } = this.#options
    const port = Number(new URL(place.rpcUrl).port)
    this.#way = await forward({ host: '127.0.0.1', port }, { host: address, port })
    const node = [process.execPath, script, place.home, cometbft, application, String(place.apiPort), address]
    const [program, ...options] = on
    const child = spawn(program, [...options, ...node], {
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, NODE_TEST_CONTEXT: undefined },
    })
    this.#child = child
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (chunk: Buffer) => log(`${place.name}: ${chunk.toString().trim()}`))
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.#way?.close()
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }

  kill(): Promise<void> {
    throw new Error(`${this.place.name} is on a host of its own`)
  }

  befall(): void {
    throw new Error(`${this.place.name} is on a host of its own`)
  }

  untilGone(): Promise<void> {
    throw new Error(`${this.place.name} is on a host of its own`)
  }
}
