import { lists } from '@dujiang/market/lists'

/** The lists of this market, for those who run its nodes. */
export const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
