import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const main = join(import.meta.dirname, '../src/main.ts')

export interface Serving {
  readonly child: ChildProcess
  readonly url: string
  /** What in its log matches, once something does. */
  readonly logged: (wanted: RegExp) => Promise<string>
  readonly ended: Promise<number | null>
}

/** Runs a node and waits until it serves. */
export async function serving(args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const logged = until(child.stderr, ended)
  const [, url = ''] = /serving (\S+):/.exec(await until(child.stdout, ended)(/serving \S+: /)) ?? []
  return { child, url, logged, ended }
}

/** Reads a stream on and on, for who waits until something in it matches. */
function until(stream: Readable, ended: Promise<number | null>): Serving['logged'] {
  let text = ''
  stream.setEncoding('utf8').on('data', (more: string) => (text += more))
  return (wanted) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = wanted.exec(text)?.[0]
        if (found !== undefined) resolve(found)
      }
      look()
      stream.on('data', look)
      void ended.then((code) => reject(new Error(`the node ended with ${code}: ${text}`)))
    })
}
