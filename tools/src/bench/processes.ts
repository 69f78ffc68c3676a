import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Interface, createInterface } from 'node:readline'

/** A process of the bench that talks in lines. */
export class LineProcess {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface
  readonly #file: string

  constructor(file: string, args: readonly string[], nodeOptions: readonly string[] = []) {
    this.#file = file
    const path = new URL(file, import.meta.url).pathname
    this.#child = spawn(process.execPath, [...nodeOptions, path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#reader = createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> })
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  /** The next line it says; rejects when it has ended without one. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Error(`${this.#file} has ended early`)
    return value
  }

  async json<T>(): Promise<T> {
    return JSON.parse(await this.line()) as T
  }

  say(text: string): void {
    this.#child.stdin?.write(`${text}\n`)
  }

  /** Ends its input and waits for it to end. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.stdin?.end()
    await ended
    this.#reader.close()
  }
}
