import { defineWords } from '../../i18n/words.ts'

/** Words of the pages of the exchange's clerks. */
export const clerkWords = defineWords('clerk', {
  'desk.title': ['场次台', 'Session desk'],
  'desk.empty': ['还没有公告过场次', 'No session has been announced yet'],
  'desk.empty.why': [
    '从公告模板开始：填好各项、试算无误，再签名公告。',
    'Begin from a template of a notice: fill it in, try it out, then sign it.',
  ],
  'bulletins.title': ['公告', 'Bulletins'],
  'bulletins.empty': ['还没有成交公告', 'There is no bulletin of results yet'],
  'bulletins.empty.why': [
    '结果通过安全校核后，由一人拟稿、另一人批准。',
    'Once a result has passed the check, one person prepares its bulletin and another approves it.',
  ],
})
