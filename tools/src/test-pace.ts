import { availableParallelism, cpus, freemem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { agree } from './test-order.ts'

/** How many test files run beside each other. */
export interface Pace {
  /** So many at least, and two more at most. */
  readonly processors: number
  /** Resolves after a while with how many processors had nothing to do in it, on average; none where memory is short. */
  readonly idle: () => Promise<number>
  /** May this file run beside that one? */
  readonly agree: (file: string, other: string) => boolean
}

const LOOK_MS = 2_000
/** Of one processor: less is what a file that computes leaves between two of its steps. */
const IDLE_ENOUGH = 0.6
const MORE_AT_ONCE_MAX = 2
/** A network with its lists, or a browser with its node. */
const FILE_BYTES = 2 * 2 ** 30

/**
 * Works through the files in their order, as many at once as there are processors, and another one whenever a processor has
 * stood idle: networks, nodes and browsers wait more than they compute, but on a machine that has other work to do nothing is
 * added to it.
 */
export async function inPace(
  files: readonly string[],
  work: (file: string) => Promise<void>,
  { processors, idle, agree }: Pace = thisMachine,
): Promise<void> {
  const waiting = [...files]
  const running = new Map<string, Promise<void>>()
  /** Begins the next file that agrees with all that run; false where none does. */
  const begin = (): boolean => {
    const at = waiting.findIndex((file) => [...running.keys()].every((other) => agree(file, other)))
    const [file] = at === -1 ? [] : waiting.splice(at, 1)
    if (file === undefined) return false
    running.set(
      file,
      work(file).finally(() => running.delete(file)),
    )
    return true
  }
  let look = idle()
  for (;;) {
    while (running.size < processors && begin());
    if (running.size === 0) return
    const idleProcessors = await Promise.race([look, ...running.values()])
    if (idleProcessors === undefined) continue
    if (idleProcessors >= IDLE_ENOUGH && running.size < processors + MORE_AT_ONCE_MAX) begin()
    look = idle()
  }
}

const thisMachine: Pace = {
  processors: availableParallelism(),
  idle: async () => {
    const [startMs, before] = [performance.now(), idleMs()]
    await delay(LOOK_MS, undefined, { ref: false })
    return freemem() < FILE_BYTES ? 0 : (idleMs() - before) / (performance.now() - startMs)
  },
  agree,
}

/** Of all processors together, since the machine was started. */
const idleMs = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0)
