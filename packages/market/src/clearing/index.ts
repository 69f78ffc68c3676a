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
export { type CutShare, type StepShare, whyShare } from './why-share.ts'
export { clearBook } from './clear-book.ts'
export { calcBook } from './calc.ts'
export { type CalcRefusal, isRefusal as isCalcRefusal } from './calc-refusal.ts'
export type { CalcResult, StepVerdict, Verdict } from './calc-result.ts'
export { type PeriodResult, periodResult, type Tier } from './period-result.ts'
