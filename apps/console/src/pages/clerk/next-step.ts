import type { Bulletin, PreparedChange, Session, Tally } from '@dujiang/market'
import { sessionState } from '../../market/session-state.ts'
import type { Tone } from '../../ui/chip.tsx'

/** What the organiser of a session does next, or waits for. */
export type NextStep =
  | 'invite'
  | 'opening'
  | 'remind'
  | 'gate'
  | 'clearing'
  | 'check'
  | 'prepare'
  | 'approve'
  | 'change'
  | 'nothing'

export interface Standing {
  readonly session: Session
  readonly tally: Tally | undefined
  readonly bulletin: Bulletin | undefined
  readonly change: PreparedChange | undefined
}

export function nextStep({ session, tally, bulletin, change }: Standing, nowMs: number): NextStep {
  if (change !== undefined) return 'change'
  switch (sessionState(session, nowMs)) {
    case 'announced':
      return tally?.invited === 0 ? 'invite' : 'opening'
    case 'open':
      return tally !== undefined && tally.submitted < tally.invited ? 'remind' : 'gate'
    case 'closing':
      return 'clearing'
    case 'cleared':
      return 'check'
    case 'checked':
      return bulletin === undefined ? 'prepare' : 'approve'
    default:
      return 'nothing'
  }
}

const OURS: ReadonlySet<NextStep> = new Set(['invite', 'remind', 'prepare', 'approve', 'change'])

/** Is it the organiser's turn? */
export const toneOfStep = (step: NextStep): Tone => (OURS.has(step) ? 'accent' : 'plain')
