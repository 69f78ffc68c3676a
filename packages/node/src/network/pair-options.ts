import type { LogLimits } from './log-file.ts'
import type { StandstillLimits } from './standstill.ts'

export type Member = 'app' | 'cometbft'

export interface PairLimits extends StandstillLimits {
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
