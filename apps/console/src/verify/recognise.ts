import { type Checkpoint, type Founded, checkpointHolds, readCheckpoint, readGenesis } from '@dujiang/chain'
import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { NodeCard } from './report.ts'

export type EvidenceKind = 'receipt' | 'state' | 'promise' | 'divergence'

/** What somebody has dropped, by what it says it is. Nothing is believed yet. */
export type Dropped =
  | { readonly kind: EvidenceKind; readonly bytes: Uint8Array }
  | { readonly kind: 'genesis'; readonly founded: Founded }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'card'; readonly card: NodeCard }
  | {
      readonly kind: 'unknown'
      readonly why: 'noText' | 'noKind' | 'badGenesis' | 'badCheckpoint'
      readonly said?: string
    }

const kinds: { readonly [kind: string]: EvidenceKind } = {
  'dujiang-receipt': 'receipt',
  'dujiang-state': 'state',
  'dujiang-omission': 'promise',
  'dujiang-divergence': 'divergence',
}
/** A file that was damaged is examined as what it was, so that the page can say where. */
const KIND = /"kind"\s*:\s*"(dujiang-[a-z]+)"/g

/** Tells what a file is. */
export function recognise(crypto: CryptoProvider, bytes: Uint8Array): Dropped {
  const text = new TextDecoder().decode(bytes)
  const json = parsed(text)
  const object = isObject(json) ? json : undefined
  // An answer of the API has the proof file inside.
  if (isObject(object?.['proof'])) return recognise(crypto, encodeCanonicalBytes(object['proof']))
  const named = kinds[kindOf(object, text)]
  if (named !== undefined) return { kind: named, bytes }
  if (object === undefined) return { kind: 'unknown', why: 'noText' }
  if (object['kind'] === 'dujiang-card') return card(object)
  if ('validators' in object && 'domain' in object) return genesis(crypto, bytes)
  if ('block' in object && 'node' in object) return checkpoint(crypto, bytes)
  return { kind: 'unknown', why: 'noKind' }
}

/** A promise has a receipt inside, so the last word of a broken text is its own: canonical JSON sorts the fields. */
function kindOf(object: { readonly [field: string]: Json } | undefined, text: string): string {
  const own = object?.['kind']
  if (typeof own === 'string') return own
  const said = [...text.matchAll(KIND)].map(([, kind]) => kind as string)
  return said.find((kind) => kind === 'dujiang-omission') ?? said[0] ?? ''
}

function card({ org, name, doorKey }: { readonly [field: string]: Json }): Dropped {
  const isCard =
    typeof org === 'string' && typeof name === 'string' && typeof doorKey === 'string' && /^[0-9a-f]{64}$/.test(doorKey)
  return isCard ? { kind: 'card', card: { org, name, doorKey } } : { kind: 'unknown', why: 'noKind' }
}

function genesis({ sha256 }: CryptoProvider, bytes: Uint8Array): Dropped {
  try {
    return { kind: 'genesis', founded: readGenesis(sha256, bytes) }
  } catch (cause) {
    return { kind: 'unknown', why: 'badGenesis', said: (cause as Error).message }
  }
}

function checkpoint(crypto: CryptoProvider, bytes: Uint8Array): Dropped {
  const read = readCheckpoint(bytes)
  if (typeof read === 'string') return { kind: 'unknown', why: 'badCheckpoint', said: read }
  if (!checkpointHolds(crypto, read)) return { kind: 'unknown', why: 'badCheckpoint', said: 'the signature is false' }
  return { kind: 'checkpoint', checkpoint: read }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const isObject = (json: Json | undefined): json is { readonly [field: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
