import { normaliseDecimal, type Normalisation } from '@dujiang/core/units'
import { type CalcRefusal, refuse } from './calc-refusal.ts'

/** Prices are read in 元/MWh to 5 decimals, that is in milli-fen/MWh. */
export const PRICE_SCALE = 5
/** Quantities are read in MWh to 6 decimals, that is in Wh. */
export const QTY_SCALE = 6

export const AS_PRICE: Normalisation = { scale: PRICE_SCALE, rounding: 'halfUp' }
export const AS_QTY: Normalisation = { scale: QTY_SCALE, rounding: 'halfUp' }
/** k is a choice of people, not a measurement: more digits than it has are refused, not rounded. */
export const AS_K: Normalisation = { scale: 6, rounding: 'exact' }

/** What reading a book counts on the way. */
export interface Notes {
  /** How many numbers the normalisation moved. */
  normalised: number
  /** Fields the form does not know, by name and not by place, so that a million orders add one entry. */
  readonly ignored: Set<string>
}

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The field itself, never one the object inherits; null is how many programs write "not given". */
export function given(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined
}

export function noteUnknown(fields: Fields, known: readonly string[], prefix: string, notes: Notes): void {
  for (const name of Object.keys(fields).sort(byCodeUnit)) if (!known.includes(name)) notes.ignored.add(prefix + name)
}

/** A number or the decimal text of one, brought to the declared grid (CALC-3). */
export function readNumber(raw: unknown, field: string, how: Normalisation, notes: Notes): number | CalcRefusal {
  if (raw === undefined) return refuse(field, 'missing')
  if (typeof raw !== 'number' && typeof raw !== 'string') return refuse(field, 'notANumber')
  if (typeof raw === 'number' && !Number.isFinite(raw)) return refuse(field, 'outOfRange')
  const read = normaliseDecimal(String(raw), how)
  if (!read.ok) return refuse(field, read.reason, { ...read.facts, at: read.at })
  if (read.changed) notes.normalised++
  return read.value
}

export function readPositive(raw: unknown, field: string, how: Normalisation, notes: Notes): number | CalcRefusal {
  const value = readNumber(raw, field, how, notes)
  return typeof value === 'number' && value <= 0 ? refuse(field, 'notPositive') : value
}

export function readChoice<T extends string>(raw: unknown, field: string, allowed: readonly T[]): T | CalcRefusal {
  const found = allowed.find((choice) => choice === raw)
  if (found !== undefined) return found
  return raw === undefined ? refuse(field, 'missing', { allowed }) : refuse(field, 'notOneOf', { allowed })
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
