import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Halts the engine of a home where it is, as a machine that hangs does; resolves, once it stands, with what lets it go on. */
export async function freeze(home: string): Promise<() => void> {
  const noted = JSON.parse(await readFile(join(home, 'children.json'), 'utf8')) as readonly {
    readonly pid: number
    readonly argv: readonly string[]
  }[]
  const { pid } = noted.find(({ argv }) => argv[1] === 'start') as { readonly pid: number }
  process.kill(pid, 'SIGSTOP')
  while (!(await readFile(`/proc/${pid}/status`, 'utf8')).includes('State:\tT')) await delay(5)
  return () => void process.kill(pid, 'SIGCONT')
}
