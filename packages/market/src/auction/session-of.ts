import type { Refusal, View } from '@dujiang/chain'
import { auctionRefusals } from './refusals.ts'
import { type Session, sessions } from './tables.ts'

const { refuse } = auctionRefusals

/** The session if it takes orders at this block's time, else why not. An order is in time when its block is before the gate. */
export function openSession(view: View, session: string): Session | Refusal {
  // Admission lets in no order for another (ofAnnouncedSession), and no session is ever dropped.
  const row = sessions.get(view, session) as Session
  return notOpen(session, row, view.timeMs) ?? row
}

/** Why a session takes no orders at this time. Refusals, in order: sessionVoided, notYetOpen, gateClosed. */
export function notOpen(session: string, row: Session, timeMs: number): Refusal | undefined {
  if (row.status === 'voided') return refuse.sessionVoided({ session })
  if (timeMs < row.opensMs) return refuse.notYetOpen({ session, opensMs: row.opensMs, timeMs })
  if (timeMs >= row.gateMs) return refuse.gateClosed({ session, gateMs: row.gateMs, timeMs })
  return undefined
}

/** What comes to a session's book is too late from its gate on, as far as the gate is known now. */
export function gateOfSession(
  view: View,
  { payload: { session } }: { readonly payload: { readonly session: string } },
): number | undefined {
  return sessions.get(view, session)?.gateMs
}

export const isRefusal = (outcome: object): outcome is Refusal => 'code' in outcome && 'facts' in outcome
