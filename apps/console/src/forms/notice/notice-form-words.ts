import { defineWords } from '../../i18n/words.ts'

/** Words of the form of a notice. */
export const noticeFormWords = defineWords('noticeForm', {
  'part.what': ['交易', 'What is traded'],
  'part.when': ['时间', 'When'],
  'part.rules': ['规则与限值', 'Rules and limits'],
  'part.who': ['参与与联系', 'Who, and whom to ask'],
  'unit.mwh': ['兆瓦时', 'MWh'],
  beijing: ['北京时间', 'Beijing time'],
  'rules.allow': ['规则 {{rules}} 允许 {{floor}} 至 {{cap}}', 'Rule-set {{rules}} allows {{floor}} to {{cap}}'],
  'rules.steps': ['规则 {{rules}} 允许至 {{steps}} 段', 'Rule-set {{rules}} allows up to {{steps}}'],
  'id.hint': ['字母、数字及 . _ -，公告后不可更改', 'Letters, digits and . _ -; it cannot be changed later'],
  'periods.hint': ['24 时段按 00:00-01:00 … 23:00-24:00', '24 periods are 00:00-01:00 … 23:00-24:00'],
  'opens.hint': ['须留出邀请单元的时间', 'Leave time to invite the units before'],
  'reason.badId': ['只能用字母、数字及 . _ -，至多 48 个', 'Letters, digits and . _ - only, 48 at most'],
  'reason.badDay': ['没有这一天', 'There is no such day'],
  'reason.badInstant': ['没有这一时刻', 'There is no such time'],
  'reason.notWhole': ['须为正整数', 'A whole number from 1 on'],
})
