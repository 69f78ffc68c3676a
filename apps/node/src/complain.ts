import type { Options } from './options.ts'
import type { FailedSession } from './summary.ts'
import { Trouble } from './trouble.ts'

/** Says on stderr what went wrong: in words alone where somebody at the keyboard can put it right, else with where it happened. */
export function complain(cause: unknown, canBePutRight = cause instanceof Trouble): void {
  const { message, stack } = cause instanceof Error ? cause : new Error(String(cause))
  process.stderr.write(`错误 error: ${canBePutRight ? message : (stack ?? message)}\n`)
}

/**
 * What a session came to. Whoever did not ask for it alone keeps what it was held on when it fails; what failed is said, in the last
 * line too.
 */
export async function orComplain<Summary>(
  { once, dataDir }: Pick<Options, 'once' | 'dataDir'>,
  isStopping: () => boolean,
  play: () => Promise<Summary>,
): Promise<Summary | FailedSession> {
  try {
    return await play()
  } catch (cause) {
    if (once || isStopping()) throw cause
    complain(cause)
    return { ok: false, data: dataDir, error: (cause as Error).message }
  }
}
