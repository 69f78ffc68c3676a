import type { KnownNode } from '@dujiang/client'
import { useQuery } from '@tanstack/react-query'
import { carryTo } from './carrier.ts'
import { useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'

const NONE: readonly KnownNode[] = []

/** The nodes of the ledger as this one names them, itself among them; none until it has, and where it was told of none. */
export function useNodes(): readonly KnownNode[] {
  const { client } = useLedger()
  const { data } = useQuery({
    // Whoever looks, they are the same: they are still known when somebody signs in while the node does not answer.
    queryKey: queryKeys.closed('', 'nodes', ''),
    queryFn: async () => {
      const nodes = await client.nodes()
      carryTo(nodes)
      return nodes
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? NONE
}
