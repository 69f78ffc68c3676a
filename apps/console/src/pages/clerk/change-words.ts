import { defineWords } from '../../i18n/words.ts'

/** Words of postponing a session and of declaring it void. */
export const changeWords = defineWords('change', {
  title: ['场次变更 {{session}}', 'Change of session {{session}}'],
  lead: [
    '由一人拟定、另一人批准后生效。批准之前不产生任何效力，也可重新拟定。',
    'One person prepares it and another approves it. Until then nothing changes, and it may be prepared anew.',
  ],
  kind: ['变更', 'Change'],
  'kind.postpone': ['延期', 'Postpone'],
  'kind.void': ['作废', 'Declare void'],
  'void.why': [
    '作废后本场次不再有任何效力：闭市前的申报全部解除且保持密封；闭市后的结果不再成立。回执仍在账本上。',
    'Nothing of a void session counts: orders before the gate are released and stay sealed, a result after it no longer holds. Receipts stay on record.',
  ],
  'postpone.why': [
    '只能往后推。开市后只能推迟截止时间，已报的申报保持有效。',
    'To a later time only. Once it has opened only the gate can be later; orders stay as they are.',
  ],
  'opened.fixed': ['已开市，不再变更', 'It has opened: this stays'],
  reason: ['事由', 'Reason'],
  'reason.hint': ['将随变更公开', 'It is public with the change'],
  prepare: ['签名并拟定', 'Sign and prepare'],
  'missing.postpone': ['请填写事由及各项时间', 'Enter a reason and every time'],
  'missing.void': ['请填写事由', 'Enter a reason'],
  unknown: ['没有场次 {{session}}', 'There is no session {{session}}'],
  'pending.postpone': ['待批准：延期', 'To be approved: postponement'],
  'pending.void': ['待批准：作废', 'To be approved: session void'],
  'pending.by': ['{{person}} 拟定', 'Prepared by {{person}}'],
  approve: ['签名并批准', 'Sign and approve'],
  before: ['原为', 'Before'],
  after: ['改为', 'After'],
  'made.postpone': ['延期', 'Postponed'],
  'made.void': ['作废', 'Void'],
  'made.by': ['{{prepared}} 拟定，{{approved}} 批准', 'Prepared by {{prepared}}, approved by {{approved}}'],
})
