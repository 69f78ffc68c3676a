import { type Header, vouchingFor } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Kept } from './report.ts'

export interface Unvouched {
  readonly step: 'witnesses'
  readonly reason: string
}

/** Why a header is not vouched for by all of these; undefined where it is. Rule WIT-6. */
export function unvouched({ sha256 }: CryptoProvider, kept: readonly Kept[], header: Header): Unvouched | undefined {
  for (const { checkpoint, card } of kept) {
    const vouching = vouchingFor(sha256, checkpoint, header)
    if (vouching === 'vouches') continue
    const reason =
      vouching === 'contradicts'
        ? `${card.org} has signed another block at height ${header.height}`
        : `${card.org} has signed height ${checkpoint.height}, which says nothing of the state at height ${header.height}`
    return { step: 'witnesses', reason }
  }
  return undefined
}
