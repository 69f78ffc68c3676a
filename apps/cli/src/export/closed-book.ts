import type { Understood, View } from '@dujiang/chain'
import { signedOf } from '@dujiang/chain'
import { type Market, sessions } from '@dujiang/market'

/**
 * May not everyone see this act now? An order for a session nobody has announced was refused and is in no book: without
 * this exception one such order would hold back every export for ever.
 */
export function isClosedTo(market: Market): (view: View, act: Understood) => boolean {
  return (view, { act, envelope }) => {
    const { person = '' } = market.key(view, envelope.body.org, envelope.body.key) ?? {}
    const signed = signedOf(envelope, person)
    if (market.actReaders(view, act.name, act.version, signed) === undefined) return false
    const { session } = envelope.body.payload as { readonly session?: unknown }
    return typeof session !== 'string' || sessions.get(view, session) !== undefined
  }
}
