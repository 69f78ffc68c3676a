export { type Bid } from './bid.ts'
export { type Book, bookOf } from './book.ts'
export {
  type NodeMember,
  networkFounders,
  networkMembers,
  networkRules,
  networkState,
  nodeMembers,
  nodeOf,
} from './consortium.ts'
export { type Answer, Declined, type Desk, sendAll } from './desk.ts'
export { type SignerOf, genesisOf } from './genesis.ts'
export {
  type Member,
  type Signatory,
  dispatcherOnDuty,
  exchangeFirst,
  exchangeSecond,
  members,
  units,
} from './members.ts'
export { type Month, type Season, monthAfter, monthText, readMonth, seasonOf } from './months.ts'
export { nominalTimes, sequenceName, sessionOf } from './notice.ts'
export { LEVELS_ARE_ASSUMED, biddingPlants, boundaryPlants, plants } from './plants.ts'
export { type Entry, type Errand, registration } from './registry.ts'
export { foundingRulesWith } from './rules.ts'
export {
  type Attempt,
  type News,
  type Pace,
  type SessionReport,
  bulletinOf,
  checkOf,
  holdSession,
  openSequence,
} from './session.ts'
