import type { Family } from '../kernel/index.ts'
import { bookBring } from './book-bring.ts'
import { recordedInvariants } from './invariants.ts'
import { recordedRefusals } from './refusals.ts'
import { recordedOpen } from './session-open.ts'
import { recordedPeriods, recordedSessions } from './tables.ts'
import { volumeState } from './volume-state.ts'

export * from './tables.ts'

/** Sessions another exchange has held: its book and its published result, re-derived by every node. */
export const recorded: Family = {
  name: 'recorded',
  title: { zh: '外部场次核验', en: 'Recorded sessions' },
  acts: [recordedOpen, bookBring, volumeState],
  dues: [],
  refusals: recordedRefusals,
  owns: [recordedSessions, recordedPeriods],
  reads: [],
  exports: [recordedSessions.name, recordedPeriods.name],
  invariants: recordedInvariants,
}
