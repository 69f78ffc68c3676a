import { availableParallelism, cpus, freemem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** How many test files run beside each other. */
export interface Pace {
  /** So many at least, and two more at most. */
  readonly processors: number
  /** Resolves after a while with how many processors had nothing to do in it, on average; none where memory is short. */
  readonly idle: () => Promise<number>
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
export async function inPace<File>(
  files: readonly File[],
  work: (file: File) => Promise<void>,
  { processors, idle }: Pace = thisMachine,
): Promise<void> {
  const waiting = [...files]
  const running = new Set<Promise<void>>()
  const begin = (): void => {
    const [file] = waiting.splice(0, 1)
    if (file === undefined) return
    const run: Promise<void> = work(file).finally(() => running.delete(run))
    running.add(run)
  }
  let look = idle()
  for (;;) {
    while (running.size < processors && waiting.length > 0) begin()
    if (running.size === 0) return
    const idleProcessors = await Promise.race([look, ...running])
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
}

/** Of all processors together, since the machine was started. */
const idleMs = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0)
