import type { Pace } from '@dujiang/testing/province'

/** The notice stands this long before the session opens, and longer on a slow machine: the units are invited meanwhile. */
const OPENS_AFTER_MS = 4_000
/** The notice and the invitations, which are long ones, with time to spare. */
const ACTS_BEFORE_OPENING = 20
/** All orders, those replaced and withdrawn, and as much again. */
const ACTS_BEFORE_GATE = 120

/** The pace of a session on a machine on which an act takes so long. */
export const paceOf =
  (gateSecondsMin: number) =>
  (actMs: number): Pace => ({
    opensAfterMs: Math.round(Math.max(OPENS_AFTER_MS, ACTS_BEFORE_OPENING * actMs)),
    gateAfterMs: Math.round(Math.max(gateSecondsMin * 1_000, ACTS_BEFORE_GATE * actMs)),
  })
