import type { Json } from '@dujiang/core/codec'

const MWH = 1_000_000

/** What a notice of the tests has of its own. */
export interface Announced {
  readonly session: string
  readonly sequence: string
  readonly name: string
  readonly product: string
  readonly opensMs: number
  readonly gateMs: number
}

/** A notice of a month in 24 periods, of at most three steps each. */
export const noticeOf = (own: Announced): Json => ({
  ...own,
  deliveryFrom: '2027-01-01',
  deliveryTo: '2027-01-31',
  eligibility: '测试',
  contact: '测试',
  periods: 24,
  priceFloor: 0,
  priceCap: 48_144_000,
  lotWh: MWH,
  tick: 1_000,
  stepsMax: 3,
  priceRule: 'last_pair_mid',
  tieRule: 'pro_rata',
})
