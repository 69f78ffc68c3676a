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
  'under.way.of': ['{{what}} · {{org}}，编号 {{id}}', '{{what}} · {{org}}, id {{id}}'],
  'about.order': ['申报', 'Order'],
  'about.cancel': ['撤回申报', 'Cancelling an order'],
  'about.announce': ['公告场次', 'Announcing a session'],
  'about.sequence': ['建立序列', 'Opening a sequence'],
  'about.invitations': ['邀请单元', 'Inviting units'],
  'about.reminder': ['催报', 'Reminder'],
  'about.change': ['拟定延期或作废', 'Preparing a change'],
  'about.change-approval': ['批准延期或作废', 'Approving a change'],
  'about.check': ['安全校核', 'Security check'],
  'about.bulletin': ['成交公告', 'Bulletin'],
  unread: ['此页尚未载入', 'This page has not been read yet'],
  'unread.why': [
    '节点没有应答，页面的程序未能取来。节点恢复后自动载入；填写的草稿与在途的业务都在。',
    'The node did not answer, and the page’s code could not be fetched. It is loaded once the node answers; drafts and acts on their way are kept.',
  ],
  'unread.gone': [
    '节点有应答，此页的程序却取不来：多半已换新版本。请重新载入；填写的草稿与在途的业务都在，用自己的密钥登录的须再输一次口令。',
    'The node answers, but the page’s code does not come: most likely it serves a newer console. Load it anew: drafts and acts on their way are kept; a key of your own has to be opened again.',
  ],
  'under.way.seen': ['知道了', 'Understood'],
})
