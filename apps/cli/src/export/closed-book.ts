import { type Understood, type View, signedOf } from '@dujiang/chain'
import type { Market } from '@dujiang/market'

/** May not everyone see this act now? */
export function isClosedTo(market: Market): (view: View, act: Understood) => boolean {
  return (view, { act, envelope }) => {
    const { person = '' } = market.key(view, envelope.body.org, envelope.body.key) ?? {}
    return market.actReaders(view, act.name, act.version, signedOf(envelope, person)) !== undefined
  }
}
