import { type Checkpoint, type Founded, checkpointHolds, readCheckpoint, readGenesis } from '@dujiang/chain'
import { type Json, Unencodable, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { NodeCard } from './report.ts'
import { fieldsOfTorn, tornKind } from './torn.ts'

export type EvidenceKind = 'receipt' | 'state' | 'promise' | 'divergence'

/** What somebody has dropped, by what it says it is. Nothing is believed yet. */
export type Dropped =
  | { readonly kind: EvidenceKind; readonly bytes: Uint8Array }
  | { readonly kind: 'genesis'; readonly founded: Founded }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'card'; readonly card: NodeCard }
  | {
      readonly kind: 'unknown'
      readonly why: 'unread' | 'noText' | 'noKind' | 'badGenesis' | 'badCheckpoint'
      readonly said?: string
      /** Where it stops being JSON. */
      readonly atByte?: number
    }

const kinds: ReadonlyMap<string, EvidenceKind> = new Map([
  ['dujiang-receipt', 'receipt'],
  ['dujiang-state', 'state'],
  ['dujiang-omission', 'promise'],
  ['dujiang-divergence', 'divergence'],
])
/** A file that was damaged is examined as what it was, so that the page can say where. */
const KIND = /"kind"\s*:\s*"(dujiang-[a-z]+)"/g

/** Tells what a file is. Whatever the bytes are, it has an answer. */
export function recognise(crypto: CryptoProvider, bytes: Uint8Array): Dropped {
  const text = new TextDecoder().decode(bytes)
  const json = parsed(text)
  if (json === undefined) return torn(crypto, bytes, text)
  if (!isObject(json)) return { kind: 'unknown', why: 'noKind' }
  const inside = fileInside(json['proof'])
  if (inside !== undefined) return recognise(crypto, inside)
  const own = json['kind']
  const named = kinds.get(typeof own === 'string' ? own : saidKind(text))
  if (named !== undefined) return { kind: named, bytes }
  if (own === 'dujiang-card') return card(json)
  if ('validators' in json && 'domain' in json) return genesis(crypto, bytes)
  if ('block' in json && 'node' in json) return checkpoint(crypto, bytes)
  return { kind: 'unknown', why: 'noKind' }
}

/**
 * An answer of the API has the proof file inside. Where that has no canonical form the answer itself is examined, so that the byte
 * named is one of the file at hand.
 */
function fileInside(proof: Json | undefined): Uint8Array | undefined {
  if (!isObject(proof)) return undefined
  try {
    return encodeCanonicalBytes(proof)
  } catch (cause) {
    if (cause instanceof Unencodable) return undefined
    throw cause
  }
}

/** What is left of a file. */
function torn(crypto: CryptoProvider, bytes: Uint8Array, text: string): Dropped {
  const fields = fieldsOfTorn(text)
  const looksLike = tornKind(fields)
  if (looksLike === 'genesis') return genesis(crypto, bytes)
  if (looksLike === 'checkpoint') return checkpoint(crypto, bytes)
  // A promise has a receipt inside, which comes before its own name.
  const named = looksLike === 'promise' ? looksLike : (kinds.get(saidKind(text)) ?? looksLike)
  return named === undefined ? { kind: 'unknown', why: 'noText', atByte: brokenAt(bytes) } : { kind: named, bytes }
}

/** What a text without a kind of its own says somewhere. */
const saidKind = (text: string): string => [...text.matchAll(KIND)][0]?.[1] ?? ''

/** Where a text that is no JSON stops being some. */
function brokenAt(bytes: Uint8Array): number {
  const { length } = bytes
  const decoded = decodeCanonical(bytes, { bytesMax: length, itemsMax: length, keysMax: length })
  return decoded.ok ? length : decoded.at
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
