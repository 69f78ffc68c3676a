import { defineWords } from '../i18n/words.ts'

/** Words of drafts. */
export const draftWords = defineWords('draft', {
  kept: ['草稿已存于本浏览器', 'Draft kept in this browser'],
  found: ['已恢复未提交的草稿', 'A draft that was not sent is back'],
  'found.why': ['存于', 'Kept at'],
  discard: ['丢弃草稿', 'Discard the draft'],
  elsewhere: [
    '另一标签页正在填写同一内容：此处填写的不存草稿，关闭前会提示。',
    'Another tab has the same form open: what you type here is not kept, and the tab asks before it closes.',
  ],
  nowhere: [
    '本浏览器不能加密保存草稿（未经 https 打开或禁用了存储）：关闭前会提示。',
    'This browser can keep no sealed draft (not opened by https, or storage is off): the tab asks before it closes.',
  ],
})
