import { paceBy } from '../pace.ts'

/** Of a network: a step is a round of acts, from its signing to its receipts. */
export const networkPace = paceBy({
  // As long as four blocks may take on a slow machine.
  opensAfterMsMin: 8_000,
  // The notice, an invitation that is refused for show, and the others.
  beforeOpening: 8,
  // Orders in five batches, those replaced and withdrawn, some that crossed on their way.
  beforeGate: 18,
})
