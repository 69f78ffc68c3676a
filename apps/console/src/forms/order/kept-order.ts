import type { Session, Side } from '@dujiang/market'
import type { EnergyShown } from '../../preferences/preferences.ts'
import { type Draft, emptyDraft } from './draft.ts'

/** What a ladder is filled in by: it can change until the gate, by a postponement or a new invitation. */
export interface OrderBasis extends Pick<Session, 'opensMs' | 'gateMs' | 'deliveryFrom' | 'deliveryTo'> {
  readonly limitWh: readonly number[]
}

/** A ladder as this browser keeps it. */
export interface KeptOrder {
  readonly v: 1
  readonly side: Side
  readonly energy: EnergyShown
  readonly texts: Draft['texts']
  /** The order whose place it is to take. */
  readonly replaced?: string
  readonly basis: OrderBasis
}

export type BasisField = keyof OrderBasis

export function basisOf(session: Session, limitWh: readonly number[]): OrderBasis {
  const { opensMs, gateMs, deliveryFrom, deliveryTo } = session
  return { opensMs, gateMs, deliveryFrom, deliveryTo, limitWh }
}

/** What is not any more as it was when the ladder was filled in. */
export function changedSince(basis: OrderBasis, now: OrderBasis): readonly BasisField[] {
  const isSame = (field: BasisField): boolean => JSON.stringify(basis[field]) === JSON.stringify(now[field])
  return (['opensMs', 'gateMs', 'deliveryFrom', 'deliveryTo', 'limitWh'] as const).filter((field) => !isSame(field))
}

export function keptOrder(
  { texts, energy }: Draft,
  side: Side,
  replaced: string | undefined,
  basis: OrderBasis,
): KeptOrder {
  return { v: 1, side, energy, texts, basis, ...(replaced === undefined ? {} : { replaced }) }
}

/** Undefined for what another version of this console has kept. */
export function readKeptOrder(value: unknown): KeptOrder | undefined {
  const kept = value as KeptOrder | null
  return kept?.v === 1 ? kept : undefined
}

/** The ladder as it was typed; cells that the notice does not have are left out. */
export function restored({ texts, energy }: KeptOrder, periods: number, steps: number): Draft {
  const empty = emptyDraft(periods, steps, energy)
  return {
    ...empty,
    texts: empty.texts.map((row, at) => row.map((_, column) => texts[at]?.[column] ?? '')),
  }
}

export const isBlank = ({ texts }: Draft): boolean => texts.every((row) => row.every((text) => text === ''))
