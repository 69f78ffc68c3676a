import type { Pace } from '@dujiang/testing/province'

/** As long as four blocks may take on a slow machine: the announcement and the invitations come before the opening. */
const OPENS_AFTER_MS = 8_000
/** The notice, an invitation that is refused for show, and the others, with time to spare. */
const ROUNDS_BEFORE_OPENING = 8
/** Orders in five batches, those replaced and withdrawn, some that crossed on their way; and as much again. */
const ROUNDS_BEFORE_GATE = 18

/** The pace of a session on a network that takes so long from a round of acts to its receipts. */
export const networkPace = (gateSecondsMin: number, roundMs: number): Pace => ({
  opensAfterMs: Math.round(Math.max(OPENS_AFTER_MS, ROUNDS_BEFORE_OPENING * roundMs)),
  gateAfterMs: Math.round(Math.max(gateSecondsMin * 1_000, ROUNDS_BEFORE_GATE * roundMs)),
})
