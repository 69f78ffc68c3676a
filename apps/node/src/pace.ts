import type { Pace } from '@dujiang/testing/province'

/** What a session has to wait for. A step is whatever the ledger takes its time for: an act, or a round of acts. */
interface Steps {
  /** The notice stands at least so long before the session opens, and longer where steps are slow: the units are invited meanwhile. */
  readonly opensAfterMsMin: number
  /** From the notice to the opening, with time to spare. */
  readonly beforeOpening: number
  /** From the opening to the gate, and as much again. */
  readonly beforeGate: number
}

/** The pace of a session that lasts at least so long, where a step takes so long. */
export const paceBy =
  ({ opensAfterMsMin, beforeOpening, beforeGate }: Steps) =>
  (gateSecondsMin: number) =>
  (stepMs: number): Pace => ({
    opensAfterMs: Math.round(Math.max(opensAfterMsMin, beforeOpening * stepMs)),
    gateAfterMs: Math.round(Math.max(gateSecondsMin * 1_000, beforeGate * stepMs)),
  })

/** Of one machine: a step is an act. */
export const paceOf = paceBy({
  opensAfterMsMin: 4_000,
  // The notice and the invitations, which are long ones.
  beforeOpening: 20,
  // All orders, those replaced and withdrawn.
  beforeGate: 120,
})
