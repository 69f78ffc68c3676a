import type { Refusal, View } from '@dujiang/chain'
import { recordedRefusals } from './refusals.ts'
import { type RecordedSession, periodKey, recordedPeriods, recordedSessions } from './tables.ts'

const { refuse } = recordedRefusals

/** The recorded session, if this organisation may still bring this period of it. */
export function recordedPeriod(view: View, org: string, session: string, period: number): RecordedSession | Refusal {
  const row = recordedSessions.get(view, session)
  if (row === undefined) return refuse.recordedUnknown({ session })
  if (row.org !== org) return refuse.notTheRecorder({ session, recorder: row.org, org })
  if (period > row.periods) return refuse.recordedPeriodOutside({ period, periods: row.periods })
  if (recordedPeriods.get(view, session, periodKey(period)) !== undefined) {
    return refuse.recordedPeriodTaken({ session, period })
  }
  return row
}
