import type { LogLimits } from './log-file.ts'
import type { StandstillLimits } from './standstill.ts'

export type Member = 'app' | 'cometbft'

export interface PairLimits extends StandstillLimits {
  /** `deadMs` and `cutOffMs` are twice as long after each restart that did not help, up to this, until the height moves again. */
  readonly inVainMsMax: number
  /** An engine that has given no answer for this long, over however many lives, is worth an alarm. */
  readonly silentMs: number
  /** A peer that has been missing for this long is worth an alarm, although the height moves. */
  readonly lostMs: number
  /** Between two looks at the height. */
  readonly lookMs: number
  /** A child that was asked to end has this long. */
  readonly endMs: number
  /** Before the first restart; twice as long before each next, up to the maximum, until the height moves again. */
  readonly restartMs: number
  readonly restartMsMax: number
  readonly logs: LogLimits
}

export const defaultPairLimits: PairLimits = {
  frozenMs: 15_000,
  deadMs: 60_000,
  cutOffMs: 60_000,
  // The engine calls a peer that is gone every five to eleven seconds for two or three minutes, then after 3, 9, 27, 81,
  // 243 … s, and at last no more. Started anew every five minutes it is never silent for longer than 81 s.
  inVainMsMax: 300_000,
  // Most starts replay a thousand quiet blocks at most, in seconds; a longer one is worth a look.
  silentMs: 300_000,
  lostMs: 600_000,
  lookMs: 1_000,
  endMs: 10_000,
  restartMs: 100,
  restartMsMax: 30_000,
  logs: { bytesMax: 16 * 1024 * 1024, keptMax: 4 },
}

export interface PairOptions {
  readonly home: string
  /** Path of the cometbft binary. */
  readonly cometbft: string
  /** The application's command. It listens on the home's socket, and ends when its standard input does (`onSupervisorGone`). */
  readonly app: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly limits?: Partial<PairLimits>
  /** One line for the operator. */
  readonly log: (line: string) => void
}
