import type { Invitation } from '@dujiang/market'
import { type DecimalReason, formatEnergy, parseEnergy, wh } from '@dujiang/core/units'

/** What each unit may bid in each period, as typed in 兆瓦时, by unit. */
export type LimitsDraft = ReadonlyMap<string, readonly string[]>

export interface ReadLimits {
  /** By period; undefined while something cannot be read. */
  readonly limitWh: readonly number[] | undefined
  /** Over what can be read. */
  readonly sumWh: number
  readonly faults: readonly { readonly period: number; readonly reason: DecimalReason }[]
}

/** An act carries at most so many units. */
const UNITS_IN_AN_ACT = 50

export function readLimits(texts: readonly string[]): ReadLimits {
  const read = texts.map((text) => parseEnergy(text, 'MWh'))
  const faults = read.flatMap((each, at) => (each.ok ? [] : [{ period: at + 1, reason: each.reason }]))
  const limitWh = read.map((each) => (each.ok ? (each.value as number) : 0))
  const sumWh = limitWh.reduce((sum, each) => sum + each, 0)
  return { limitWh: faults.length === 0 ? limitWh : undefined, sumWh, faults }
}

/** Limits as somebody would have typed them; periods that the session does not have are left out, missing ones are empty. */
export function limitTexts(limitWh: readonly number[], periods: number): readonly string[] {
  return Array.from({ length: periods }, (_, at) => {
    const value = limitWh[at]
    return value === undefined ? '' : formatEnergy(wh(value), 'MWh')
  })
}

/** What is to be sent: units that are new or whose limits differ from those on record, so many an act. */
export function invitationsOf(
  draft: LimitsDraft,
  onRecord: ReadonlyMap<string, Invitation>,
): readonly (readonly { readonly unit: string; readonly limitWh: readonly number[] }[])[] {
  const changed = [...draft].flatMap(([unit, texts]) => {
    const { limitWh } = readLimits(texts)
    return limitWh === undefined || isSame(limitWh, onRecord.get(unit)?.limitWh) ? [] : [{ unit, limitWh }]
  })
  const acts = []
  for (let at = 0; at < changed.length; at += UNITS_IN_AN_ACT) acts.push(changed.slice(at, at + UNITS_IN_AN_ACT))
  return acts
}

export function isSame(limitWh: readonly number[], other: readonly number[] | undefined): boolean {
  return other !== undefined && limitWh.length === other.length && limitWh.every((each, at) => each === other[at])
}
