import type { Committed } from '@dujiang/client'
import type {
  Bulletin,
  Check,
  Invitation,
  MadeChange,
  PreparedChange,
  Result,
  RuleSet,
  Sequence,
  Session,
  Tally,
  Unit,
  UnitAwards,
} from '@dujiang/market'
import { useMemo } from 'react'
import type { ListPage } from './lists.ts'
import { useHasLists, useList, useRow, useRows } from './queries.ts'

/** A row with the last part of its key, which is what people call it. */
export type Named<T> = T & { readonly id: string }

/** All rows of a small table, by key. */
function useNamed<T>(table: string, prefix?: string): readonly Named<T>[] | undefined {
  const { data } = useRows<T>(table, prefix)
  return useMemo(() => data?.map(({ key, value }) => ({ ...value, id: key.slice(key.lastIndexOf('/') + 1) })), [data])
}

// Of all of these undefined means not read yet, and null that there is none.

export const useSessions = () => useNamed<Session>('auction/session')
export const useTallies = () => useNamed<Tally>('auction/tally')
export const useBulletins = () => useNamed<Bulletin>('auction/bulletin')
const useResults = () => useNamed<Result>('auction/result')
export const useChecks = () => useNamed<Check>('auction/check')
export const usePreparedChanges = () => useNamed<PreparedChange>('auction/prepared')
export const useSequences = () => useNamed<Sequence>('auction/sequence')
export const useUnits = () => useNamed<Unit>('members/unit')
export const useInvitations = (session: string) => useNamed<Invitation>('auction/invitation', `${session}/`)
export const useAwards = (session: string) => useNamed<UnitAwards>('auction/award', `${session}/`)
export const useMadeChanges = (session: string) => useNamed<MadeChange>('auction/change', `${session}/`)
/** The rule-set in force. */
export const useRulesNow = () => useNamed<RuleSet>('rules/current')?.[0]

/** A session that has cleared. */
export interface ClearedSession {
  readonly session: Named<Session>
  readonly result: Result
}

/** Those that have a result, the one whose gate comes last first. */
export function useClearedSessions(): readonly ClearedSession[] | undefined {
  const sessions = useSessions()
  const results = useResults()
  return useMemo(() => {
    if (sessions === undefined || results === undefined) return undefined
    const resultOf = new Map(results.map((result) => [result.id, result]))
    return sessions
      .flatMap((session): readonly ClearedSession[] => {
        const result = resultOf.get(session.id)
        return result === undefined ? [] : [{ session, result }]
      })
      .sort((a, b) => b.session.gateMs - a.session.gateMs)
  }, [sessions, results])
}

export const useSession = (session: string) => useRow<Session>(`auction/session/${session}`).data
export const useTally = (session: string) => useRow<Tally>(`auction/tally/${session}`).data
export const useResult = (session: string) => useRow<Result>(`auction/result/${session}`).data
export const useCheck = (session: string) => useRow<Check>(`auction/check/${session}`).data
export const useBulletin = (session: string) => useRow<Bulletin>(`auction/bulletin/${session}`).data
export const usePreparedChange = (session: string) => useRow<PreparedChange>(`auction/prepared/${session}`).data

/** The accepted acts of a name on a session, the newest first; undefined while the lists have not said. */
export function useActsOn(session: string | undefined, act: string): readonly Committed[] | undefined {
  const path = session && `/v1/lists/receipts?session=${session}&act=${act}&outcome=accepted&limit=50`
  return useList<ListPage<Committed>>(useHasLists() === true ? path : undefined).data?.rows
}
