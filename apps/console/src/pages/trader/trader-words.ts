import { defineWords } from '../../i18n/words.ts'

/** Words of the trader's pages. */
export const traderWords = defineWords('trader', {
  'sessions.title': ['场次', 'Sessions'],
  'sessions.empty': ['还没有场次', 'There is no session yet'],
  'sessions.empty.why': [
    '场次由交易中心公告。公告之后，这里列出开市、闭市时间与申报限额。',
    'The exchange announces sessions. Then their opening, their gate and their limits stand here.',
  ],
  'orders.title': ['我的申报', 'My orders'],
  'orders.empty': ['还没有申报', 'There is no order yet'],
  'orders.empty.why': [
    '在开市的场次中申报后，每一笔申报及其回执列在这里。',
    'Once you have bid in an open session, each order stands here with its receipt.',
  ],
  'results.title': ['结果', 'Results'],
  'results.empty': ['还没有结果', 'There is no result yet'],
  'results.empty.why': [
    '闭市时由账本出清：每个节点各算一遍，结果一致才成立。',
    'The ledger clears at the gate: each node computes it, and it holds only where they agree.',
  ],
})
