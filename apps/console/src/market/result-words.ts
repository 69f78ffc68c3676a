import { defineWords } from '../i18n/words.ts'

/** Words of results by period. */
export const resultWords = defineWords('result', {
  period: ['时段', 'Period'],
  price: ['出清价', 'Price'],
  volume: ['成交电量', 'Volume'],
  pair: ['末对 售 / 购', 'Last pair, sell / buy'],
  interval: ['均衡区间', 'Equilibrium interval'],
  'supply.tier': ['售方边际段', "Sellers' marginal tier"],
  'demand.tier': ['购方边际段', "Buyers' marginal tier"],
  outside: [
    '价格在均衡区间之外，定价规则允许',
    'The price lies outside the equilibrium interval, as the price rule allows',
  ],
  total: ['合计 / 加权均价', 'Total / weighted average'],
  'no.trade': ['未成交', 'No trade'],
  orders: ['有效申报', 'Live orders'],
  units: ['申报单元', 'Units that bid'],
  average: ['加权均价', 'Weighted average'],
  digest: ['结果摘要', 'Digest of the result'],
  'book.root': ['申报簿根', 'Root of the book'],
  table: ['分时段出清结果', 'Results by period'],
  chart: ['各时段出清价与成交电量', 'Price and volume of each period'],
})
