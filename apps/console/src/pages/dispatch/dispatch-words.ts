import { defineWords } from '../../i18n/words.ts'

/** Words of the dispatcher's pages. */
export const dispatchWords = defineWords('dispatch', {
  'checks.title': ['安全校核', 'Security checks'],
  'checks.empty': ['没有待校核的结果', 'No result waits for its check'],
  'checks.empty.why': [
    '闭市出清后，无约束结果列在这里，由调度机构校核。',
    'After the gate the unconstrained result stands here for the dispatcher.',
  ],
})
