import type { Session } from '@dujiang/market'
import type { Tone } from '../ui/chip.tsx'
import type { marketWords } from './market-words.ts'

export type SessionState = 'announced' | 'open' | 'closing' | 'cleared' | 'checked' | 'published' | 'voided'

/**
 * Where a session stands at an instant. The ledger says `announced` until the block of the gate; between opening and gate it
 * takes orders, and from the gate on it waits for that block.
 */
export function sessionState({ status, opensMs, gateMs }: Session, nowMs: number): SessionState {
  if (status !== 'announced') return status
  if (nowMs < opensMs) return 'announced'
  return nowMs < gateMs ? 'open' : 'closing'
}

/** `opening`: by the clock it has opened, and no block has said so yet. `mayNotCount`: by the clock its gate has passed, and no block has. */
export type Taking = 'notYet' | 'opening' | 'yes' | 'mayNotCount' | 'no'

/**
 * Does a session take orders? What opens and closes it is the time of a block, so only the newest block (`ledgerMs`) can say that it has
 * closed; a clock that is fast ends nobody's bidding early.
 */
export function takingOf(
  { status, opensMs, gateMs }: Pick<Session, 'status' | 'opensMs' | 'gateMs'>,
  ledgerMs: number,
  nowMs: number,
): Taking {
  if (status !== 'announced' || ledgerMs >= gateMs) return 'no'
  if (Math.max(nowMs, ledgerMs) < opensMs) return 'notYet'
  if (nowMs >= gateMs) return 'mayNotCount'
  return ledgerMs < opensMs ? 'opening' : 'yes'
}

const tones: { readonly [state in SessionState]: Tone } = {
  announced: 'plain',
  open: 'accent',
  closing: 'warn',
  cleared: 'warn',
  checked: 'good',
  published: 'good',
  voided: 'plain',
}

export const toneOfState = (state: SessionState): Tone => tones[state]
export const wordOfState = (state: SessionState) =>
  `session.${state}` as const satisfies (typeof marketWords)['keys'][number]
