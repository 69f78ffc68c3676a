import type { Scheme } from '@dujiang/core/crypto'
import { type Role, table } from '../kernel/index.ts'

/** An organisation of the market (市场成员). */
export type Org = {
  readonly name: string
  readonly roles: readonly Role[]
  readonly admittedBy: string
  readonly sinceMs: number
}

/** A key of an organisation, and the person who signs with it. */
export type OrgKey = {
  readonly scheme: Scheme
  readonly publicKey: string
  readonly person: string
  readonly fromMs: number
  readonly untilMs: number
  /** The time of the block that put it on record; 0 for founders. */
  readonly sinceMs: number
}

/** Who commands a plant (调度层级). Only plants commanded by the province bid in its market. */
export const DISPATCH_LEVELS = ['national', 'regional', 'provincial', 'local'] as const
export type DispatchLevel = (typeof DISPATCH_LEVELS)[number]

export type Plant = {
  readonly name: string
  readonly org: string
  readonly fuel: string
  readonly capacityW: number
  readonly dispatchLevel: DispatchLevel
  /** The level is taken for granted, not read off a document. */
  readonly levelAssumed: boolean
}

/** Who bids (交易单元). */
export type Unit = {
  readonly name: string
  readonly org: string
  readonly side: 'sell' | 'buy' | 'both'
  readonly plant?: string
}

export const orgs = table<Org>('members/org')
export const keys = table<OrgKey>('members/key')
export const plants = table<Plant>('members/plant')
export const units = table<Unit>('members/unit')
/** The units of an organisation, by its id and theirs. */
export const orgUnits = table<true>('members/orgUnit')
/** Which roles an organisation of a given role may admit. */
export const admissions = table<readonly Role[]>('members/admits')
