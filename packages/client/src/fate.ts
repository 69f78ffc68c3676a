import { Refused, Unreachable } from './errors.ts'
import { isPassing } from './transport.ts'

/**
 * Block time is behind the clock, by seconds while all goes well: so long after its expiry a node is still asked what became of
 * an act that may be in a block.
 */
export const LATE_MS = 30_000

/** The node does not know what became of the act: another may have it or its receipt, or this one will know a little later. */
const UNDECIDED: ReadonlySet<string> = new Set(['blockTimeBehind', 'outcomeNotHeld', 'repeated'])

export const isUndecided = (error: unknown): boolean => error instanceof Refused && UNDECIDED.has(error.refusal.name)

/**
 * May the act still come to be in a block, or be in one, after this answer? One that a node has promised may, whatever the state
 * of another node says of it now: only what is wrong with its bytes, and that block time is past its expiry, is for good.
 */
export function isOpen(error: unknown, promised: boolean): boolean {
  if (isPassing(error) || isUndecided(error)) return true
  return promised && error instanceof Refused && !isForGood(error)
}

function isForGood({ status, refusal }: Refused): boolean {
  return status === 400 || status === 413 || refusal.name === 'badSignature' || refusal.name === 'expired'
}

/** What is said when nobody has answered what became of an act that may be in a block. */
export function fateUnknown(cause: unknown): Unreachable {
  return new Unreachable('no node says what became of the act, and it has expired; it may have been executed', cause)
}
