import type { View } from '@dujiang/chain'
import type { Invariant } from '../kernel/index.ts'
import { type MadeChange, changes, preparedChanges } from './change-tables.ts'
import { type Session, loads, sessions, stances, unitBooks } from './tables.ts'

/** A session that is void before its gate holds nothing. Rule AUCTION-27. */
const released: Invariant = {
  name: 'AUCTION-27',
  law: {
    zh: '闭市前作废的场次不留申报',
    en: 'A session that was voided before its gate holds no order, stance or count of them',
  },
  // Whatever wrote to its books afterwards would break AUCTION-25.
  over: [sessions.name],
  broken(view, key) {
    const session = key.split('/')[2] as string
    const row = view.get(key) as Session
    if (row.status !== 'voided' || row.result !== undefined) return undefined
    const left = firstOf(view, session) ?? (loads.get(view, session) === undefined ? undefined : loads.name)
    return left === undefined ? undefined : `${session} is void and ${left} has rows of it`
  },
}

function firstOf(view: View, session: string): string | undefined {
  for (const each of [unitBooks, stances]) for (const _ of each.rows(view, session)) return each.name
  return undefined
}

/** Nobody postpones or voids a session alone. Rule AUCTION-28. */
const twoPersons: Invariant = {
  name: 'AUCTION-28',
  law: { zh: '场次变更由一人拟定、另一人批准', en: 'One person prepares a change of a session, another approves it' },
  over: [changes.name],
  broken(view, key) {
    const made = view.get(key) as MadeChange | undefined
    if (made === undefined) return `${key} has been dropped`
    return made.preparedBy === made.approvedBy ? `${made.preparedBy} alone has made ${key}` : undefined
  },
}

/** What has ended is not changed. Rule AUCTION-29. */
const nothingWaits: Invariant = {
  name: 'AUCTION-29',
  law: {
    zh: '已公告或已作废的场次没有待批准的变更',
    en: 'No change is waiting for a session that is published or void',
  },
  over: [sessions.name, preparedChanges.name],
  broken(view, key) {
    const session = key.split('/')[2] as string
    const { status } = sessions.get(view, session) as Session
    if (status !== 'published' && status !== 'voided') return undefined
    return preparedChanges.get(view, session) === undefined ? undefined : `${session} is ${status} and a change waits`
  },
}

export const changeInvariants: readonly Invariant[] = [released, twoPersons, nothingWaits]
