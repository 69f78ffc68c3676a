import type { PeriodResult } from '../clearing/index.ts'
import { table } from '../kernel/index.ts'
import type { Side } from './tables.ts'

/** An unconstrained result (无约束出清结果), until the dispatcher has checked it. */
export type Result = {
  readonly periods: readonly PeriodResult[]
  readonly volumeWh: number
  /** Volume-weighted over the periods, halves up; absent when nothing trades. */
  readonly averagePrice?: number
  readonly orders: number
  readonly units: number
  /** RFC 6962 root of the live orders at the gate, in order of place. */
  readonly bookRoot: string
}

/**
 * What one order gets: row i of `awardsWh` is its i-th step, column j its period `periods[j]`. `verdicts` has the same
 * shape, a letter each: `f` in full, `c` cut at the margin, `o` out of the money, `-` no such step.
 */
export type Award = {
  readonly order: string
  readonly side: Side
  readonly periods: readonly number[]
  readonly awardsWh: readonly (readonly number[])[]
  readonly verdicts: readonly string[]
}
export type UnitAwards = { readonly org: string; readonly awards: readonly Award[] }

/** The dispatcher's check (安全校核). */
export type Check = { readonly org: string; readonly person: string; readonly atMs: number; readonly remark: string }

/** The bulletin of results (成交公告). */
export type Bulletin = {
  readonly number: string
  readonly text: string
  /** SHA-256 of the canonical JSON of `{number, text}`. */
  readonly digest: string
  readonly preparedBy: string
  readonly preparedMs: number
  readonly approvedBy?: string
}

export const results = table<Result>('auction/result')
/** By session and unit. */
export const awards = table<UnitAwards>('auction/award')
export const checks = table<Check>('auction/check')
export const bulletins = table<Bulletin>('auction/bulletin')
