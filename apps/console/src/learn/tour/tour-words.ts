import { defineWords } from '../../i18n/words.ts'

/** Words of the guided tours; each step has its title and its text. */
export const tourWords = defineWords('tour', {
  label: ['引导', 'Guided tour'],
  begin: ['开始（{{count}} 步）', 'Begin ({{count}} steps)'],
  'demo.only': ['引导会签署真实业务，仅演示链可用', 'Tours sign real acts: only a demo chain has them'],
  'step.of': ['{{step}} / {{count}}', '{{step}} / {{count}}'],
  open: ['打开此页', 'Open the page'],
  act: ['替我做', 'Do it for me'],
  done: ['已完成', 'Done'],
  next: ['下一步', 'Next'],
  back: ['上一步', 'Back'],
  end: ['结束引导', 'End the tour'],
  late: [
    '这一场已闭市，来不及办这一步了。可另公告一场，从这一步接着走。',
    'The gate of this session has come before the step was done. Another one can be announced, and the tour goes on from here.',
  ],
  anew: ['另公告一场', 'Announce another'],
  failed: ['未能完成：{{reason}}', 'It did not work: {{reason}}'],
  'trader.title': ['交易员的一天', 'A trader’s day'],
  'trader.lead': [
    '从找到场次到拿到可验证的回执。每一步都是账本上的真实业务。',
    'From finding a session to a receipt that can be verified. Each step is a real act on the ledger.',
  ],
  'clerk.title': ['办一场集中竞价', 'Running a session'],
  'clerk.lead': [
    '从公告、邀请，到闭市出清、校核与成交公告。约三分钟。',
    'From the notice and the invitations to the gate, the check and the bulletin. About three minutes.',
  ],
  'who.title': ['选一个身份', 'Choose who you are'],
  'who.text': [
    '每一笔业务都要签名。演示链备有示例身份；正式使用时，密钥只在您自己手中。',
    'Every act is signed. A demo has sample identities; in earnest the key is yours alone.',
  ],
  'find.title': ['找一个可申报的场次', 'Find a session to bid in'],
  'find.text': [
    '场次由交易中心公告并邀请交易单元。现在若没有，可由示例交易中心公告一场，十分钟后闭市。',
    'The exchange announces sessions and invites units. If there is none, the sample exchange can announce one with ten minutes to its gate.',
  ],
  'bid.title': ['提交一笔申报', 'Submit an order'],
  'bid.text': [
    '在各时段填价格与电量，边填边按规则检查，签名后提交。闭市前只有本单位看得到。',
    'Fill in prices and volumes; the rules check as you type. Sign and send. Until the gate only your organisation sees it.',
  ],
  'proof.title': ['从提交到可证明', 'From sent to provable'],
  'proof.text': [
    '节点受理、上链、可证明，依次发生。打开您这笔申报的回执，点“逐步核对”：本浏览器只凭创世文件验证它，任何人都能照做。',
    'Taken in, committed, provable: one after another. Open the receipt of your order and press “Check step by step”: this browser verifies it by the genesis file alone, as anybody can.',
  ],
  'announce.title': ['公告一个场次', 'Announce a session'],
  'announce.text': [
    '公告一经签署，品种、限价即不可更改，此后只能由两人延期或作废。引导中的这一场开始申报后一分钟闭市；读得慢也不要紧，可另公告一场。',
    'Once signed, product and limits are fixed; two persons together may still postpone or void it. The one of this tour has its gate a minute after its opening; whoever reads for longer can announce another.',
  ],
  'others.title': ['等市场成员申报', 'Let the members bid'],
  'others.text': [
    '闭市前只公开“已申报/应申报”两个数。“替我做”会请六个示例单元各报一笔。',
    'Before the gate two numbers are public: submitted of invited. “Do it for me” lets six sample units bid.',
  ],
  'gate.title': ['到点自动闭市', 'The gate closes by itself'],
  'gate.text': [
    '区块时间到达闭市时刻，每个节点各自出清，结果一致才成立。没有人按下按钮。',
    'When block time reaches the gate, every node clears the book, and it holds only where they agree. Nobody presses a button.',
  ],
  'check.title': ['调度安全校核', 'The dispatcher’s check'],
  'check.text': [
    '无约束结果须经调度机构校核。“替我做”以示例调度机构的身份签署。',
    'The unconstrained result goes to the dispatcher. “Do it for me” signs as the sample dispatcher.',
  ],
  'publish.title': ['两个人发布成交公告', 'Two people publish the bulletin'],
  'publish.text': [
    '一人拟稿，另一人批准；同一人不能既拟又批，账本会拒绝。',
    'One prepares, another approves. The ledger refuses one person doing both.',
  ],
})
