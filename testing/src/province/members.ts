import type { Role } from '@dujiang/market'
import { buyers } from './buyers.ts'
import { plants } from './plants.ts'

/** Someone who signs for an organisation of the sample province. */
export interface Signatory {
  readonly org: string
  readonly person: string
}

export interface Member {
  readonly org: string
  readonly name: string
  readonly role: Role
  /** Who signs for it, at least one. */
  readonly people: readonly string[]
}

export const EXCHANGE = 'SCPX'
const DISPATCHER = 'SCDD'
const REGULATOR = 'SCNEA'
const GRID = 'SGSC'

/** The exchange prepares with one person and approves with another. */
export const exchangeFirst: Signatory = { org: EXCHANGE, person: 'zhang' }
export const exchangeSecond: Signatory = { org: EXCHANGE, person: 'chen' }
export const dispatcherOnDuty: Signatory = { org: DISPATCHER, person: 'liu' }

export const founders: readonly Member[] = [
  { org: EXCHANGE, name: '四川电力交易中心（示例）', role: 'exchange', people: ['zhang', 'chen'] },
  { org: DISPATCHER, name: '四川电力调度控制中心（示例）', role: 'dispatcher', people: ['liu'] },
  { org: REGULATOR, name: '四川能源监管办（示例）', role: 'regulator', people: ['zhou'] },
  { org: GRID, name: '国网四川省电力公司（示例）', role: 'grid', people: ['huang'] },
]

/** Who may admit whom, as the genesis file says. */
export const admits: readonly { readonly role: Role; readonly admits: readonly Role[] }[] = [
  { role: 'exchange', admits: ['generator', 'retailer', 'user'] },
  { role: 'regulator', admits: ['exchange', 'dispatcher', 'grid'] },
]

const generationCompanies: readonly (readonly [org: string, name: string])[] = [
  ['DADUHE', '大渡河流域水电（示例）'],
  ['DATANG', '大唐四川发电（示例）'],
  ['HUADIAN', '华电四川发电（示例）'],
  ['GUONENG', '国能四川发电（示例）'],
  ['HUANENG', '华能四川能源（示例）'],
  ['DIANJIAN', '电建四川水电（示例）'],
  ['CHUANTOU', '川投水电（示例）'],
  ['GANGHANG', '港航水电（示例）'],
  ['LONGTOUSHI', '龙头石水电（示例）'],
  ['FUTANG', '福堂水电（示例）'],
  ['FUXI', '福溪发电（示例）'],
  ['CHUANNAN', '川南发电（示例）'],
  ['SANXIA', '长江电力（示例）'],
  ['YALONGJIANG', '雅砻江水电（示例）'],
]

/** Those the exchange admits once the ledger runs. */
export const admitted: readonly Member[] = [
  ...generationCompanies.map(([org, name]): Member => ({ org, name, role: 'generator', people: ['bidder'] })),
  ...buyers.map(({ org, name, role }): Member => ({ org, name, role, people: ['bidder'] })),
]

export const members: readonly Member[] = [...founders, ...admitted]

/** A trading unit: one for each plant, one for each buyer. */
export interface TradingUnit {
  readonly unit: string
  readonly name: string
  readonly org: string
  readonly side: 'sell' | 'buy'
  readonly plant?: string
}

export const sellUnitOf = (plant: string): string => `S-${plant}`
export const buyUnitOf = (org: string): string => `B-${org}`

export const units: readonly TradingUnit[] = [
  ...plants.map(({ id, name, org }): TradingUnit => ({ unit: sellUnitOf(id), name, org, side: 'sell', plant: id })),
  ...buyers.map(({ org, name }): TradingUnit => ({ unit: buyUnitOf(org), name, org, side: 'buy' })),
]

/** Who bids for a unit. */
export function bidderOf(unit: string): Signatory {
  const found = units.find((each) => each.unit === unit)
  if (found === undefined) throw new Error(`the sample province has no unit ${unit}`)
  return { org: found.org, person: 'bidder' }
}
