import { type KeyFile, readKeyFile } from '@dujiang/client'
import type { Role } from '@dujiang/market'
import { fromHex } from '@dujiang/core/crypto'
import { useQuery } from '@tanstack/react-query'
import { signIn } from './identity.ts'

/** Someone of the sample province, with the key to sign as them. Only a node that runs a demo has any. */
export interface SampleIdentity {
  readonly org: string
  readonly person: string
  /** The organisation's name. */
  readonly name: string
  readonly role: Role
  readonly key: KeyFile
}

/** Remembered for this tab only, so that a reload stays who it was. */
const REMEMBERED = 'dujiang/sample'
const nameOf = ({ org, person }: Pick<SampleIdentity, 'org' | 'person'>): string => `${org}/${person}`

async function fetchSamples(): Promise<readonly SampleIdentity[]> {
  const response = await fetch('/demo/identities')
  if (response.status === 404) return []
  const body = (await response.json()) as { readonly identities: readonly SampleIdentity[] }
  return body.identities
}

/** The sample identities of this node; none where it is no demo. */
export function useSamples(demo: boolean) {
  return useQuery({ queryKey: ['samples'], queryFn: fetchSamples, enabled: demo, staleTime: Number.POSITIVE_INFINITY })
}

export function signInAsSample(sample: SampleIdentity): void {
  const file = readKeyFile(JSON.stringify(sample.key))
  if (file?.secret === undefined) throw new Error(`the sample identity ${nameOf(sample)} has no key that can be read`)
  signIn(file, fromHex(file.secret), true)
  sessionStorage.setItem(REMEMBERED, nameOf(sample))
}

export function forgetSample(): void {
  sessionStorage.removeItem(REMEMBERED)
}

/** Signs in again as the sample of before a reload. */
export async function resumeSample(): Promise<void> {
  const name = sessionStorage.getItem(REMEMBERED)
  if (name === null) return
  const sample = (await fetchSamples().catch(() => [])).find((each) => nameOf(each) === name)
  if (sample === undefined) forgetSample()
  else signInAsSample(sample)
}
