import type { Difference, RecordedPeriod, RecordedSession } from '@dujiang/market'
import { useMemo } from 'react'
import { useRow, useRows } from '../../api/queries.ts'

/** What is said of a period's price at a glance. */
export type Verdict = Difference['price']

export interface PeriodRow {
  readonly period: number
  readonly row: RecordedPeriod
}

export const verdictOf = (row: RecordedPeriod): Verdict =>
  row.kind === 'rederived' ? row.difference.price : 'notCompared'

/** All recorded sessions with what is on record of them, by id. */
export function useRecorded() {
  const { data: sessions } = useRows<RecordedSession>('recorded/session')
  const { data: periods } = useRows<RecordedPeriod>('recorded/period')
  return useMemo(() => {
    if (sessions === undefined || periods === undefined) return undefined
    const bySession = new Map<string, PeriodRow[]>(sessions.map(({ key }) => [key, []]))
    for (const { key, value } of periods) {
      const [session = '', period = ''] = key.split('/')
      bySession.get(session)?.push({ period: Number(period), row: value })
    }
    return sessions.map(({ key, value }) => ({ id: key, session: value, periods: bySession.get(key) ?? [] }))
  }, [sessions, periods])
}

export type Recorded = NonNullable<ReturnType<typeof useRecorded>>[number]

export const useRecordedSession = (id: string) => useRow<RecordedSession>(`recorded/session/${id}`).data

export function useRecordedPeriods(id: string): readonly PeriodRow[] | undefined {
  const { data } = useRows<RecordedPeriod>('recorded/period', `${id}/`)
  return useMemo(() => data?.map(({ key, value }) => ({ period: Number(key.split('/').at(-1)), row: value })), [data])
}
