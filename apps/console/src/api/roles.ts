import type { Org, Role } from '@dujiang/market'
import { useLedger } from './ledger.tsx'
import { useRow } from './queries.ts'

/** The organisation that has signed in, as the ledger knows it. */
export function useOrg(): (Org & { readonly id: string }) | undefined {
  const { identity } = useLedger()
  const { data } = useRow<Org>(identity && `members/org/${identity.org}`)
  return identity === undefined || !data ? undefined : { ...data, id: identity.org }
}

/** The roles of the organisation that has signed in; undefined while nobody has, or they are not known yet. */
export function useRoles(): readonly Role[] | undefined {
  return useOrg()?.roles
}
