import type { Wake } from '@dujiang/chain'

export const AUCTION_GATE = 'auction.gate'

/** What closes a session's gate, or moves it. */
export const gateOf = (session: string, gateMs: number): Wake => ({ atMs: gateMs, name: AUCTION_GATE, key: session })
