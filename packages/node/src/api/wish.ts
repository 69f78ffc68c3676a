import type { Stored } from '../service/ledger-node.ts'
import type { Context } from './context.ts'
import type { Param, Query } from './query.ts'
import { shownReceipt, shownTo } from './shown.ts'
import type { Viewer } from './viewer.ts'

/** Which receipts somebody wants to be told of; each field narrows it. */
export interface Wish {
  readonly org?: string
  readonly act?: string
  readonly session?: string
}

const idParam = (name: keyof Wish, zh: string, en: string): Param => ({
  name,
  title: { zh, en },
  kind: 'text',
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/,
})

export const wishParams: readonly Param[] = [
  idParam('org', '只看此单位办理的业务', 'Only acts of this organisation'),
  idParam('act', '只看此项业务，或此项到期事项', 'Only this act, or what falls due by this name'),
  idParam('session', '只看与此场次有关的', 'Only what is about this session'),
]

export function wishOf(query: Query): Wish {
  const given = wishParams.map(({ name }) => [name, query.text(name)] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/**
 * A receipt as the viewer may see it; undefined where it is not among those wished for. Once something narrows the wish, what is
 * withheld is left out: to match it would tell what it is. Rule API-27.
 */
export async function wished(
  context: Context,
  viewer: Viewer,
  wish: Wish,
  stored: Stored,
  provable: number,
): Promise<string | undefined> {
  const { org, act, session } = wish
  if (org === undefined && act === undefined && session === undefined) {
    return shownTo(context, viewer, stored, provable)
  }
  const { receipt } = stored
  if (org !== undefined && receipt.org !== org) return undefined
  if (act !== undefined && receipt.act !== act) return undefined
  if (!(await context.visibility.ofReceipt(viewer, stored))) return undefined
  if (session !== undefined && !(await context.subjects.sessionsOf(stored)).has(session)) return undefined
  return shownReceipt(context, stored, provable)
}
