import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Used, usedBy } from './processor-time.ts'

/** What a process is in the tables: those of one kind are added up. */
export type Kind = 'cometbft' | 'node' | 'loader'

/** A process of a run, started and watched by the bench: it talks in lines of JSON, and its end before it is stopped is an error. */
export class Part {
  readonly kind: Kind
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly #exited: Promise<unknown>

  /** What it says as complaint goes to the file `log`. */
  constructor(kind: Kind, argv: readonly string[], log: string) {
    this.kind = kind
    const [program, ...options] = argv
    const out = openSync(log, 'a')
    this.#child = spawn(program as string, options, { stdio: ['pipe', 'pipe', out] })
    closeSync(out)
    this.#exited = once(this.#child, 'exit')
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]()
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  used(): Used {
    return usedBy(this.#child.pid as number)
  }

  /** The next thing it says; rejects when it has ended without a word. */
  async answer<T>(): Promise<T> {
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Error(`${this.#child.spawnargs.slice(0, 3).join(' ')} has ended early`)
    return JSON.parse(value) as T
  }

  ask<T>(question: unknown): Promise<T> {
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`)
    return this.answer<T>()
  }

  /** Ends its input, which is the sign to our own scripts, or asks it to end; resolves when it has. */
  async stop(): Promise<void> {
    if (!this.isAlive) return
    if (this.#child.spawnfile === process.execPath) this.#child.stdin!.end()
    else this.#child.kill('SIGTERM')
    await this.#exited
  }
}

/** A script of this folder, run by this very Node. */
export function script(name: string, args: readonly string[]): readonly string[] {
  return [process.execPath, new URL(name, import.meta.url).pathname, ...args]
}
