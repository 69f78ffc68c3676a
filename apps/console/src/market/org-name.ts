import type { Org } from '@dujiang/market'
import { useMemo } from 'react'
import { useRows } from '../api/queries.ts'

/** What people call an organisation; its code where it is not on record. */
export function useNameOfOrg(): (org: string) => string {
  const { data: orgs } = useRows<Org>('members/org')
  return useMemo(() => {
    const names = new Map(orgs?.map(({ key, value }) => [key.slice(key.lastIndexOf('/') + 1), value.name]))
    return (org) => names.get(org) ?? org
  }, [orgs])
}
