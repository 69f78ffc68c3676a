import { readEnvelope } from '@dujiang/chain'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { useQuery } from '@tanstack/react-query'
import { useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'

/** What was asked for in an act, and by whom, as it stands in its block. */
export interface SentBody {
  readonly act: string
  readonly org: string
  readonly key: string
  readonly payload: { readonly [field: string]: Json }
}

/** The body of an act that is in a block; null where the viewer may not see it. */
export function useSentBody(id: string, height: number | undefined) {
  const { client, viewer } = useLedger()
  return useQuery({
    queryKey: queryKeys.closed(viewer, 'act', id),
    queryFn: async () => {
      const block = (await client.block(height ?? 0)) as { readonly txs: readonly Json[] } | undefined
      return block?.txs.map(bodyOf).find((sent) => sent?.id === id)?.body ?? null
    },
    staleTime: Number.POSITIVE_INFINITY,
    enabled: height !== undefined,
  }).data
}

function bodyOf(tx: Json): { readonly id: string; readonly body: SentBody } | undefined {
  if (typeof tx !== 'object') return undefined
  const envelope = readEnvelope(nobleCrypto.sha256, encodeCanonicalBytes(tx))
  return 'id' in envelope ? { id: envelope.id, body: envelope.body as unknown as SentBody } : undefined
}
