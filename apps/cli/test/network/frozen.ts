import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { homePaths, type Noted, notedEngine } from '@dujiang/node/network'

/**
 * Halts the engine of a home where it is, as a machine that hangs does; resolves, once it stands, with what lets it go on, if
 * nobody has made it end meanwhile.
 */
export async function freeze(home: string): Promise<() => void> {
  const { pid } = (await notedEngine(homePaths(home).children)) as Noted
  process.kill(pid, 'SIGSTOP')
  while (!(await readFile(`/proc/${pid}/status`, 'utf8')).includes('State:\tT')) await delay(5)
  return () => {
    try {
      process.kill(pid, 'SIGCONT')
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause
    }
  }
}
