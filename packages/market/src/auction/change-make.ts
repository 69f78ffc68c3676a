import type { Effect, View } from '@dujiang/chain'
import { SEALED_AFTER_VOID_MS } from './bounds.ts'
import type { Postponement } from './change-fields.ts'
import { type PreparedChange, preparedChanges } from './change-tables.ts'
import { gateOf } from './gate-wake.ts'
import { type Session, loads, sessions, stances, unitBooks } from './tables.ts'

/** The session takes the new times and days, and its gate falls due then. Rule AUCTION-18. */
export function postpone(
  session: string,
  row: Session,
  to: Postponement,
  { digest, reason }: PreparedChange,
): readonly Effect[] {
  const { opensMs, gateMs, deliveryFrom, deliveryTo } = to
  const times = { opensMs, gateMs, deliveryFrom, deliveryTo }
  const moves = gateMs !== row.gateMs
  const announced = moves ? { announcedGateMs: row.announcedGateMs ?? row.gateMs } : {}
  return [
    sessions.put({ ...row, ...times, ...announced }, session),
    ...(moves ? ([{ kind: 'cancelWake', wake: gateOf(session, row.gateMs) }] as const) : []),
    ...(moves ? ([{ kind: 'wake', wake: gateOf(session, gateMs) }] as const) : []),
    { kind: 'event', name: 'sessionPostponed', data: { session, change: digest, reason, ...times } },
  ]
}

/**
 * The session counts no more. Before its gate its orders leave the state, so that nothing is left to be recognised, and what
 * shows them stays sealed; after it they are open to everybody, and stay on record with the result that no longer holds.
 * Rule AUCTION-19.
 */
export function annul(
  view: View,
  session: string,
  row: Session,
  { digest, reason }: PreparedChange,
): readonly Effect[] {
  const closed = row.status !== 'announced'
  const sealed = closed ? {} : { sealedUntilMs: Math.max(row.gateMs, view.timeMs + SEALED_AFTER_VOID_MS) }
  return [
    sessions.put({ ...row, status: 'voided', ...sealed }, session),
    ...(closed ? [] : release(view, session, row)),
    { kind: 'forgetStream', stream: `auction.${session}` },
    { kind: 'event', name: 'sessionVoided', data: { session, change: digest, reason, from: row.status } },
  ]
}

function release(view: View, session: string, row: Session): readonly Effect[] {
  return [
    { kind: 'cancelWake', wake: gateOf(session, row.gateMs) },
    ...Array.from(unitBooks.entries(view, session), ([unit]) => unitBooks.drop(session, unit)),
    ...Array.from(stances.entries(view, session), ([org]) => stances.drop(session, org)),
    loads.drop(session),
  ]
}

/** What was prepared for a session lapses when the session moves on: it was thought of another one. */
export function lapsed(view: View, session: string): readonly Effect[] {
  return preparedChanges.get(view, session) === undefined ? [] : [preparedChanges.drop(session)]
}
