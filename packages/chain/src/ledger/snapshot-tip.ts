import { type Hash, equalBytes } from '@dujiang/core/crypto'
import { type Header, type Validator, headerHash, msFromTime, validatorsHash } from '../comet/index.ts'
import type { Ledger } from './ledger.ts'
import { type Tip, genesisValidators } from './tip.ts'

/**
 * Why the validators of a restored tip are not those its state names, as far as the state can tell: it names who signs
 * the block after the next. Rule SNAP-5.
 */
export function seatedFault(ledger: Ledger): string | undefined {
  const { app, crypto, founded, tip } = ledger
  const { next, afterNext } = tip.validators
  const seated = app.validators?.read(ledger.view()) ?? genesisValidators(founded)
  if (!sameValidators(crypto.sha256, afterNext, seated)) return 'its validators are not those of its state'
  // Where they never change, they have not changed in the last block either.
  const same = app.validators !== undefined || sameValidators(crypto.sha256, next, seated)
  return same ? undefined : 'its validators are not those of the genesis file'
}

/** The header of a tip's own block, and that of the block above it, which says what the first one led to. */
export interface TipHeaders {
  readonly own: Header
  readonly above: Header
}

/**
 * Why a tip is not the one that two headers show. The app hash does not say all of it: a restored ledger is held against these
 * at once, and the upper one against the block that the engine then hands over. Rule SNAP-6.
 */
export function tipFault(sha256: Hash, tip: Omit<Tip, 'seal'>, { own, above }: TipHeaders): string | undefined {
  const { height, timeMs, appHash, resultsHash, validators } = tip
  if (own.height !== height || above.height !== height + 1) return 'the headers are of other heights'
  if (!equalBytes(above.lastBlockId.hash, headerHash(sha256, own))) return 'the headers do not follow each other'
  if (msFromTime(own.time) !== timeMs) return 'its time is another'
  if (!equalBytes(above.appHash, appHash)) return 'its app hash is another'
  if (!equalBytes(above.lastResultsHash, resultsHash)) return 'its results are others'
  if (!equalBytes(above.validatorsHash, validatorsHash(sha256, validators.next)))
    return 'its next validators are others'
  const afterNext = validatorsHash(sha256, validators.afterNext)
  return equalBytes(above.nextValidatorsHash, afterNext) ? undefined : 'its validators after the next are others'
}

function sameValidators(sha256: Hash, left: readonly Validator[], right: readonly Validator[]): boolean {
  return equalBytes(validatorsHash(sha256, left), validatorsHash(sha256, right))
}
