export {
  type Book,
  type Clearing,
  type Interval,
  type LastPair,
  type MarginalTier,
  PRICE_MAGNITUDE_MAX,
  PRICE_RULES,
  type PriceRule,
  TIE_RULES,
  type TieRule,
} from './book.ts'
export { clearBook } from './clearBook.ts'
