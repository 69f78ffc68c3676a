import { readFile, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Child } from './child.ts'
import { writeWhole } from '../store/whole-file.ts'

/** A process as its supervisor has noted it. */
export interface Noted {
  readonly pid: number
  readonly argv: readonly string[]
}

/** Notes the children of a pair, so that a supervisor after this one finds those that outlived it. */
export async function noteChildren(path: string, children: readonly Child[]): Promise<void> {
  const noted = children.flatMap(({ pid, argv }): Noted[] => (pid === undefined ? [] : [{ pid, argv }]))
  await writeWhole(path, JSON.stringify(noted))
}

/** The engine among the noted children; undefined between two lives. */
export async function notedEngine(path: string): Promise<Noted | undefined> {
  return (await notedAt(path)).find(({ argv }) => argv[1] === 'start')
}

/**
 * Ends the noted children that still run, and resolves with how many there were. A process is taken for a child only when
 * its whole command line is the noted one: a pid alone may be anybody's by now. On a system without /proc it finds none;
 * there the engine's own lock on its data stops a second process. Rule PAIR-6.
 */
export async function endLeftovers(path: string): Promise<number> {
  let ended = 0
  for (const noted of await notedAt(path)) {
    if (!(await isRunning(noted))) continue
    ended++
    sendSignal(noted, 'SIGKILL')
    while (await isRunning(noted)) await delay(5)
  }
  await rm(path, { force: true })
  return ended
}

/** Does nothing to one that has ended meanwhile. */
export function sendSignal({ pid }: Noted, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause
  }
}

/** None when there is no file, or it was torn: then it was being written, before the children had done anything. */
async function notedAt(path: string): Promise<readonly Noted[]> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as readonly Noted[]
  } catch {
    return []
  }
}

/** On a system without /proc nothing is known to run. */
export async function isRunning({ pid, argv }: Noted): Promise<boolean> {
  // A zombie has an empty command line: it has ended, and waits for its parent.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine === `${argv.join('\0')}\0`
}
