import type { KeyRecord, View } from '@dujiang/chain'
import type { Role } from '../kernel/index.ts'
import { keys, orgs } from './tables.ts'

/** What the kernel asks of the members. */
export const memberKey = (view: View, org: string, keyId: string): KeyRecord | undefined => keys.get(view, org, keyId)
export const memberRoles = (view: View, org: string): readonly Role[] => orgs.get(view, org)?.roles ?? []
