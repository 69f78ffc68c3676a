import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export const main = join(import.meta.dirname, '../src/main.ts')

export interface Ran {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs `dujiang ARGS` in a process of its own, in English; `wrap` stands before it on the command line. */
export async function dujiang(
  args: readonly string[],
  options: {
    readonly stdin?: string
    readonly cwd?: string
    readonly wrap?: readonly string[]
    readonly lang?: string
    readonly env?: { readonly [name: string]: string }
  } = {},
): Promise<Ran> {
  const [command, ...rest] = [...(options.wrap ?? []), process.execPath, main, ...args] as [string, ...string[]]
  const child = spawn(command, rest, {
    cwd: options.cwd ?? import.meta.dirname,
    // Long past anything a command here takes: one that hangs must not hang the suite.
    timeout: 300_000,
    env: { ...process.env, LC_ALL: options.lang ?? 'en_US.UTF-8', NODE_OPTIONS: '', ...options.env },
  })
  child.stdin.end(options.stdin ?? '')
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { status, out, err }
}
