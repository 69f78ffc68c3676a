/** The lists of this market, for those who follow its ledger: a door of its own, so that they need not load the acts. */
export { auctionLists as lists } from './auction/lists.ts'
