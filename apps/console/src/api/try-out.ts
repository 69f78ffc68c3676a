import { Refused, type Tried, type Wanted } from '@dujiang/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSettled } from '../ui/use-settled.ts'
import { useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'
import { type Why, whyRefused } from './why.ts'

/** What the ledger would decide about an act if it came now. It is no promise: what the receipt says holds. */
export type TriedOut =
  | { readonly step: 'idle' }
  | { readonly step: 'trying' }
  | { readonly step: 'accept'; readonly events: Extract<Tried, { state: 'wouldAccept' }>['events'] }
  | { readonly step: 'refuse'; readonly why: Why }
  /** No node could say. */
  | { readonly step: 'unknown' }

const AGAIN_MS = 1_000

const isTooEarly = (tried: TriedOut | undefined): boolean => tried?.step === 'refuse' && tried.why.name === 'notYetOpen'

/** Tries an act out once it has stood still for a moment, and again whenever its family's rows change; each second while its session has not opened. */
export function useTryOut(wanted: Wanted | undefined): TriedOut {
  const { client, identity, viewer } = useLedger()
  const text = wanted === undefined ? '' : JSON.stringify(wanted)
  const settled = useSettled(text)
  const { data, isError, isPlaceholderData } = useQuery({
    queryKey: queryKeys.tried(viewer, settled),
    queryFn: async ({ signal }): Promise<TriedOut> => {
      if (identity === undefined) return { step: 'idle' }
      try {
        return outcomeOf(await client.tryOut(identity, JSON.parse(settled) as Wanted, { signal }))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return { step: 'refuse', why: whyRefused(error) }
      }
    },
    enabled: settled !== '' && identity !== undefined,
    placeholderData: keepPreviousData,
    // No receipt tells that block time has reached an opening.
    refetchInterval: ({ state }) => (isTooEarly(state.data) ? AGAIN_MS : false),
  })
  if (wanted === undefined || identity === undefined) return { step: 'idle' }
  if (isError) return { step: 'unknown' }
  return data === undefined || isPlaceholderData || settled !== text ? { step: 'trying' } : data
}

function outcomeOf(tried: Tried): TriedOut {
  if (tried.state === 'wouldAccept') return { step: 'accept', events: tried.events }
  const { name, facts } = tried.refusal
  const said = tried.sentence ?? { zh: name, en: name, retry: false }
  return { step: 'refuse', why: { name, zh: said.zh, en: said.en, retry: said.retry, facts, onRecord: false } }
}
