import type { Refusal, Route, View } from '@dujiang/chain'
import { auctionRefusals } from './refusals.ts'
import { sessions } from './tables.ts'

interface Placed {
  readonly session: string
  readonly unit: string
}

/**
 * Orders keep their sequence within a session, unit by unit. The signer is part of the name: else whoever acts in the name
 * of another's unit would learn, by being refused for its sequence, that the unit has bid.
 */
export const orderRoute = ({ session, unit }: Placed, org: string): Route => ({
  stream: `auction.${session}`,
  actor: `${org}/${unit}`,
})

/**
 * An order for a session nobody has announced is not taken in: it has no gate after which its receipt could be shown.
 */
export function ofAnnouncedSession(
  view: View,
  { payload: { session } }: { readonly payload: Placed },
): Refusal | undefined {
  return sessions.get(view, session) === undefined ? auctionRefusals.refuse.sessionUnknown({ session }) : undefined
}

/** Until its gate, or for a time after its session was voided before it, an order is shown to the organisation that made it and to nobody else. */
export function whileSealedOwnerOnly(
  view: View,
  act: { readonly org: string; readonly payload: Placed },
): readonly string[] | undefined {
  return isSealed(view, act.payload.session) ? [act.org] : undefined
}

/** Is what was bid in this session still its bidders' alone? */
export function isSealed(view: View, session: string): boolean {
  const row = sessions.get(view, session)
  return row?.status === 'announced' || view.timeMs < (row?.sealedUntilMs ?? 0)
}

/**
 * Is any book open to orders? Then who has bid, and on which side, could be recognised by hashes: keys name units, and a stance
 * is a few small numbers.
 */
export function hasOpenBook(view: View): boolean {
  // A session that was voided before its gate has no such row any more.
  for (const { status, opensMs } of sessions.rows(view))
    if (status === 'announced' && opensMs <= view.timeMs) return true
  return false
}
