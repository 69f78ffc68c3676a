import { CommanderError } from 'commander'
import { say } from './language.ts'

/** Exit status of what was done and did not hold, or was declined. */
export const EXIT_REFUSED = 1
/** Exit status of what could not be tried: a wrong command line, an unreadable file, an unreachable node. */
const EXIT_UNUSABLE = 2

/** Something the person at the keyboard can put right; the message is one line and says how. */
export class Failure extends Error {
  readonly exitStatus: number

  constructor(zh: string, en: string, exitStatus: number = EXIT_UNUSABLE, cause?: unknown) {
    super(say(zh, en), cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.exitStatus = exitStatus
  }
}

/** Prints why the command ended and gives its exit status. A stack is shown with DUJIANG_DEBUG=1 only. */
export function report(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : EXIT_UNUSABLE
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const prefix = say('错误：', 'error: ')
  const hint =
    cause instanceof Failure || isSystemError(error)
      ? ''
      : say('（DUJIANG_DEBUG=1 显示详情）', ' (DUJIANG_DEBUG=1 shows more)')
  process.stderr.write(`${prefix}${error.message.replaceAll('\n', ' ')}${hint}\n`)
  if (process.env['DUJIANG_DEBUG'] === '1') process.stderr.write(`${String(error.stack)}\n`)
  return cause instanceof Failure ? cause.exitStatus : EXIT_UNUSABLE
}

const isSystemError = (error: Error): boolean => 'code' in error && 'syscall' in error
