import type { Route, View } from '@dujiang/chain'
import { sessions } from './tables.ts'

interface Placed {
  readonly session: string
  readonly unit: string
}

/**
 * Orders keep their sequence within a session, unit by unit. The signer is part of the name: else an act in the name of
 * another's unit, refused as it is, would use up that unit's sequence.
 */
export const orderRoute = ({ session, unit }: Placed, org: string): Route => ({
  stream: `auction.${session}`,
  actor: `${org}/${unit}`,
})

/**
 * Until its gate an order is shown to the organisation that made it and to nobody else. An act for a session that does
 * not exist is nobody else's business either.
 */
export function beforeGateOwnerOnly(
  view: View,
  act: { readonly org: string; readonly payload: Placed },
): readonly string[] | undefined {
  return isOpenBook(view, act.payload.session) ? [act.org] : undefined
}

export function isOpenBook(view: View, session: string): boolean {
  const row = sessions.get(view, session)
  return row === undefined || row.status === 'announced'
}
