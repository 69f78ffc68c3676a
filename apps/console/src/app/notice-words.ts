import { defineWords } from '../i18n/words.ts'

/** Words of what is said above every page. */
export const noticeWords = defineWords('notices', {
  back: ['节点已恢复应答', 'The node answers again'],
  'back.why': [
    '{{time}} 起恢复，中断 {{away}} 秒。页面已按账本现状更新，在途业务接着办理。',
    'Since {{time}}, after {{away}} s. The page shows the ledger as it is now, and acts on their way go on.',
  ],
  'denial.title': ['账本不认可此密钥的签名', 'The ledger does not take signatures of this key'],
  'denial.why': [
    '已用 {{org}} 的密钥登录，页面只显示公众可见的内容，也不能办理业务。节点认可后自动恢复。',
    'You are signed in with a key of {{org}}. What stands here is what everybody sees, and nothing can be sent, until the node takes it.',
  ],
  'under.way': ['在途业务', 'Acts on their way'],
  'under.way.of': ['{{org}} {{act}}，编号 {{id}}', '{{act}} by {{org}}, id {{id}}'],
  'under.way.seen': ['知道了', 'Understood'],
})
