import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** How a process ended: with a code, by a signal, or `neverStarted` with the reason. */
export interface Exit {
  readonly code: number | undefined
  readonly signal: string | undefined
  readonly neverStarted?: string
}

/** One process of a pair. Its standard input is a pipe that ends when we do, by which it learns of a sudden end of ours. */
export class Child {
  readonly argv: readonly string[]
  readonly exited: Promise<Exit>
  readonly #process: ChildProcess

  /** Starts `argv`; every line it writes, on either stream, is given to `onLine`. */
  constructor(argv: readonly string[], env: NodeJS.ProcessEnv, onLine: (line: string) => void) {
    const [program, ...options] = argv
    if (program === undefined) throw new Error('a child needs a program')
    this.argv = argv
    // A group of its own: Ctrl+C at a terminal is for the supervisor, which ends its children in order.
    this.#process = spawn(program, options, { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
    this.exited = new Promise((done) => {
      this.#process.once('error', (error) => {
        if (this.pid === undefined) done({ code: undefined, signal: undefined, neverStarted: error.message })
      })
      this.#process.once('exit', (code, signal) => done({ code: code ?? undefined, signal: signal ?? undefined }))
    })
    // A child that does not read, or has ended, is no fault of this stream's.
    this.#process.stdin?.on('error', () => {})
    for (const stream of [this.#process.stdout, this.#process.stderr]) readLines(stream!, onLine)
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Asks it to end, and makes it end after `limitMs`. Resolves when it has. */
  async end(limitMs: number): Promise<Exit> {
    this.#process.kill('SIGTERM')
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), limitMs)
    try {
      return await this.exited
    } finally {
      clearTimeout(timer)
    }
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine)
}

/** `exit code 0`, `signal SIGKILL` or why it never started. */
export function exitText({ code, signal, neverStarted }: Exit): string {
  if (neverStarted !== undefined) return `never started: ${neverStarted}`
  return signal === undefined ? `exit code ${code}` : `signal ${signal}`
}

/**
 * For the application of a pair: calls `onGone` once when the supervisor is gone, also when it was killed and could say
 * nothing. Rule PAIR-5.
 */
export function onSupervisorGone(onGone: () => void): void {
  let told = false
  const tell = () => {
    if (!told) onGone()
    told = true
  }
  process.stdin.once('end', tell).once('close', tell).once('error', tell).resume()
}
