import { type LightBlock, lightBlockFromJson, readGenesis } from '@dujiang/chain'
import { Refused } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Ledger, useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'
import { readList } from './read.ts'

const REFETCH_MS = 5_000

/** The genesis file of this node's chain, read. */
export function useGenesis() {
  const { client, viewer } = useLedger()
  return useQuery({
    queryKey: queryKeys.closed(viewer, 'genesis', ''),
    queryFn: async () => readGenesis(nobleCrypto.sha256, await client.genesis()),
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}

/** The newest headers with their commits that this node has kept, the newest first. */
export function useNewestHeaders(count: number) {
  const ledger = useLedger()
  const cache = useQueryClient()
  return useQuery({
    queryKey: queryKeys.list(ledger.viewer, `light/${count}`),
    queryFn: ({ signal }) => newestHeaders(ledger, cache, count, signal),
    refetchInterval: REFETCH_MS,
  }).data
}

async function newestHeaders(
  ledger: Ledger,
  cache: QueryClient,
  count: number,
  signal: AbortSignal,
): Promise<readonly LightBlock[]> {
  const found: LightBlock[] = []
  let asked: number | 'latest' = 'latest'
  while (found.length < count && asked !== 0) {
    const block = await headerAt(ledger, cache, asked, signal)
    if (block === undefined) break
    found.push(block)
    asked = block.header.height - 1
  }
  return found
}

/** The header of a height, or the nearest kept one below; undefined where there is none. A header never changes. */
async function headerAt(
  { identity, viewer }: Ledger,
  cache: QueryClient,
  height: number | 'latest',
  signal: AbortSignal,
): Promise<LightBlock | undefined> {
  const read = async (at: number | 'latest'): Promise<LightBlock> => {
    const block = lightBlockFromJson(await readList<Json>(`/v1/light/${at}`, identity, signal))
    if (!block.ok) throw new Error(`/v1/light/${at}: ${block.fault.path} ${block.fault.reason}`)
    return block.value
  }
  const readKept = async (at: number | 'latest'): Promise<LightBlock | null> => {
    try {
      return await read(at)
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.name !== 'lightBlockUnknown') throw error
      const { below } = error.refusal.facts
      return typeof below === 'number' ? read(below) : null
    }
  }
  if (height === 'latest') return (await readKept(height)) ?? undefined
  const queryKey = queryKeys.closed(viewer, 'light', String(height))
  const staleTime = Number.POSITIVE_INFINITY
  return (await cache.fetchQuery({ queryKey, queryFn: () => readKept(height), staleTime })) ?? undefined
}
