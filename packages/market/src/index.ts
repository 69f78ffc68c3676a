import { auction } from './auction/index.ts'
import { type Family, type Market, market } from './kernel/index.ts'
import { memberKey, memberRoles, members } from './members/index.ts'
import { network } from './network/index.ts'
import { recorded } from './recorded/index.ts'
import { rules, rulesNow } from './rules/index.ts'

/** The families of this market; a further one is a folder and a line here. */
export const families: readonly Family[] = [members, rules, auction, recorded, network]

/** The Application that a Dujiang ledger runs. */
export function dujiangMarket(all: readonly Family[] = families): Market {
  const foundation = {
    key: memberKey,
    roles: memberRoles,
    actsPerMinuteMax: (view: Parameters<typeof rulesNow>[0]) => rulesNow(view).values.actsPerMinuteMax,
  }
  return market('dujiang-market', foundation, all)
}

export * from './auction/index.ts'
export * from './clearing/index.ts'
export { doorsOf } from './doors.ts'
export * from './kernel/index.ts'
export * from './members/index.ts'
export * from './network/index.ts'
export * from './recorded/index.ts'
export * from './rules/index.ts'
