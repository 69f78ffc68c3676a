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
