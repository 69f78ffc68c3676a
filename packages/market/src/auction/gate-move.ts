import type { Effect, View } from '@dujiang/chain'
import { rulesNow } from '../rules/index.ts'
import { gateOf } from './gate-wake.ts'
import { type Session, sessions } from './tables.ts'

/**
 * The gate moves when the chain stood still across it: nobody could bid then, and the first block after it would have cleared
 * what happened to be there before. A gate falls due in the first block that has reached it, so the block before is
 * earlier than the gate, and the time between the two is the standstill. Undefined when the gate closes. Rule AUCTION-17.
 */
export function gateMoved(view: View, session: string, row: Session): readonly Effect[] | undefined {
  const { gateStandstillMs, gateExtensionMs } = rulesNow(view).values
  const standstillMs = view.timeMs - view.previousTimeMs
  if (gateStandstillMs === 0 || standstillMs <= gateStandstillMs) return undefined
  const { gateMs: fromMs, announcedGateMs = fromMs } = row
  const toMs = view.timeMs + gateExtensionMs
  return [
    sessions.put({ ...row, gateMs: toMs, announcedGateMs }, session),
    { kind: 'wake', wake: gateOf(session, toMs) },
    { kind: 'event', name: 'gateMoved', data: { session, fromMs, toMs, standstillMs } },
  ]
}
