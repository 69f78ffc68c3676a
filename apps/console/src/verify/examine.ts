import type { Founded } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { examineDivergence } from './examine-divergence.ts'
import { examinePromise } from './examine-promise.ts'
import { examineReceipt } from './examine-receipt.ts'
import { examineState } from './examine-state.ts'
import type { EvidenceKind } from './recognise.ts'
import type { Kept, NodeCard, Report } from './report.ts'

/** What stands beside a file when it is examined. */
export interface Beside {
  readonly founded: Founded
  readonly kept: readonly Kept[]
  readonly cards: readonly NodeCard[]
}

/** Examines a file against a genesis file, on this machine alone. */
export function examine(
  crypto: CryptoProvider,
  { kind, bytes }: { readonly kind: EvidenceKind; readonly bytes: Uint8Array },
  { founded, kept, cards }: Beside,
): Report {
  switch (kind) {
    case 'receipt':
      return examineReceipt(crypto, founded, bytes, kept)
    case 'state':
      return examineState(crypto, founded, bytes, kept)
    case 'promise':
      return examinePromise(crypto, founded, bytes, cards)
    case 'divergence':
      return examineDivergence(crypto, founded, bytes)
  }
}
