import type { LimitsDraft } from './limits-draft.ts'

/** Limits that were typed and not sent, as this browser keeps them. */
export interface KeptLimits {
  readonly v: 1
  readonly typed: readonly (readonly [unit: string, texts: readonly string[]])[]
}

export const keptLimits = (typed: LimitsDraft): KeptLimits => ({ v: 1, typed: [...typed] })

/** Undefined for what another version of this console has kept. */
export function readKeptLimits(value: unknown): LimitsDraft | undefined {
  const kept = value as KeptLimits | null
  return kept?.v === 1 ? new Map(kept.typed) : undefined
}
