import type { Effect, Refusal, View } from '@dujiang/chain'
import { recordedRefusals } from './refusals.ts'
import { type RecordedPeriod, type RecordedSession, periodKey, recordedPeriods, recordedSessions } from './tables.ts'

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

/** Puts a period on record; with the last one of its session nothing can follow, and its sequences are forgotten. */
export function putPeriod(view: View, session: string, period: number, row: RecordedPeriod): readonly Effect[] {
  const periods = recordedSessions.get(view, session)?.periods
  const onRecord = [...recordedPeriods.rows(view, session)].length + 1
  const ended: readonly Effect[] = onRecord === periods ? [{ kind: 'forgetStream', stream: `recorded.${session}` }] : []
  return [recordedPeriods.put(row, session, periodKey(period)), ...ended]
}
