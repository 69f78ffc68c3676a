import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A chain of one CometBFT that listens on no port: its app and its RPC are sockets in its folder. */
export class LoneValidator {
  readonly #program: string
  readonly #home: string
  /** Where its app has to listen. */
  readonly appSocket: string
  readonly #rpcSocket: string
  #child: ChildProcess | undefined

  private constructor(program: string, folder: string) {
    this.#program = program
    this.#home = join(folder, 'home')
    this.appSocket = join(folder, 'app')
    this.#rpcSocket = join(folder, 'rpc')
  }

  static async found(program: string, folder: string): Promise<LoneValidator> {
    const validator = new LoneValidator(program, folder)
    await promisify(execFile)(program, ['init', '--home', validator.#home])
    const file = join(validator.#home, 'config/config.toml')
    const config = await readFile(file, 'utf8')
    await writeFile(file, config.replace(/^timeout_commit = .*$/m, 'timeout_commit = "50ms"'))
    return validator
  }

  /** `onDeath` hears when the process ends otherwise than by `kill`. */
  async start(onDeath: (how: string) => void): Promise<void> {
    // What a killed process leaves behind keeps the next one from listening.
    await rm(this.#rpcSocket, { force: true })
    const flags = {
      home: this.#home,
      proxy_app: `unix://${this.appSocket}`,
      'rpc.laddr': `unix://${this.#rpcSocket}`,
      'rpc.pprof_laddr': '',
      'p2p.laddr': 'tcp://127.0.0.1:0',
      log_level: 'error',
    }
    const list = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
    const child = spawn(this.#program, ['start', ...list], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('exit', (code, signal) => {
      if (this.#child === child) onDeath(`cometbft ended with ${signal ?? code}`)
    })
    this.#child = child
  }

  /** kill -9; resolves once the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** The result of an RPC method; rejects when the process does not listen or answers with an error. */
  async rpc(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Record<string, unknown>> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const text = await new Promise<string>((answered, failed) => {
      const headers = { 'content-type': 'application/json' }
      const call = request({ socketPath: this.#rpcSocket, method: 'POST', path: '/', headers }, (response) => {
        let received = ''
        response.on('data', (chunk: Buffer) => (received += chunk.toString()))
        response.on('end', () => answered(received))
      })
      call.on('error', failed)
      call.end(body)
    })
    const { result, error } = JSON.parse(text) as { result?: Record<string, unknown>; error?: unknown }
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)}`)
    return result
  }
}
