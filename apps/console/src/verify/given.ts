import type { Founded } from '@dujiang/chain'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { type Dropped, type EvidenceKind, recognise } from './recognise.ts'
import type { Kept, NodeCard } from './report.ts'

/** A file that somebody has given, or that was fetched for an address. */
export interface Given {
  readonly name: string
  readonly dropped: Dropped
}

export type Evidence = Given & { readonly dropped: { readonly kind: EvidenceKind; readonly bytes: Uint8Array } }

export const isEvidence = (given: Given): given is Evidence => 'bytes' in given.dropped

export const givenBytes = (name: string, bytes: Uint8Array): Given => ({ name, dropped: recognise(nobleCrypto, bytes) })

/** A folder, or a file that has gone since, cannot be read: the others given with it are. */
export async function givenFile(file: File): Promise<Given> {
  try {
    return givenBytes(file.name, new Uint8Array(await file.arrayBuffer()))
  } catch (cause) {
    return { name: file.name, dropped: { kind: 'unknown', why: 'unread', said: (cause as Error).message } }
  }
}

/** The newest genesis file given. */
export function genesisIn(given: readonly Given[]): Founded | undefined {
  return given.flatMap(({ dropped }) => (dropped.kind === 'genesis' ? [dropped.founded] : [])).at(-1)
}

export function cardsIn(given: readonly Given[]): readonly NodeCard[] {
  return given.flatMap(({ dropped }) => (dropped.kind === 'card' ? [dropped.card] : []))
}

/** Checkpoints of this chain whose signer a card names. */
export function keptIn(given: readonly Given[], chain: string): readonly Kept[] {
  const cards = cardsIn(given)
  return given.flatMap(({ dropped }) => {
    if (dropped.kind !== 'checkpoint' || dropped.checkpoint.chain !== chain) return []
    const card = cards.find(({ doorKey }) => doorKey === dropped.checkpoint.node)
    return card === undefined ? [] : [{ checkpoint: dropped.checkpoint, card }]
  })
}

/** Why something given is not used; undefined where it is. */
export function unusedWhy(given: readonly Given[], { dropped }: Given, chain: string | undefined) {
  if (dropped.kind === 'unknown') {
    const { why, said = '', atByte: at = 0 } = dropped
    return { word: `unknown.${why}` as const, said, at }
  }
  if (dropped.kind !== 'checkpoint') return undefined
  if (chain !== undefined && dropped.checkpoint.chain !== chain)
    return { word: 'checkpoint.chain' as const, said: '', at: 0 }
  const isNamed = cardsIn(given).some(({ doorKey }) => doorKey === dropped.checkpoint.node)
  return isNamed ? undefined : { word: 'checkpoint.card' as const, said: '', at: 0 }
}
