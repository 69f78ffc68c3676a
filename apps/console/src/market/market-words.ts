import { defineWords } from '../i18n/words.ts'

/** Words of the domain that more than one page uses. */
export const marketWords = defineWords('market', {
  'role.exchange': ['交易中心', 'Exchange'],
  'role.dispatcher': ['调度机构', 'Dispatcher'],
  'role.regulator': ['监管机构', 'Regulator'],
  'role.grid': ['电网企业', 'Grid company'],
  'role.generator': ['发电企业', 'Generator'],
  'role.retailer': ['售电公司', 'Retailer'],
  'role.user': ['电力用户', 'User'],
  'side.sell': ['售电', 'Sell'],
  'side.buy': ['购电', 'Buy'],
  'side.both': ['购售均可', 'Both sides'],
  'session.announced': ['已公告', 'Announced'],
  'session.open': ['申报中', 'Open'],
  'session.closing': ['待闭市', 'At the gate'],
  'session.cleared': ['待安全校核', 'To be checked'],
  'session.checked': ['已校核', 'Checked'],
  'session.published': ['已公告成交', 'Published'],
  'session.voided': ['已作废', 'Void'],
  'act.signed': ['已签名', 'Signed'],
  'act.accepted': ['节点已受理', 'Taken in'],
  'act.committed': ['已上链', 'Committed'],
  'act.provable': ['可证明', 'Provable'],
  'act.label': ['业务进度', 'Progress of the act'],
  'act.may.not.count': [
    '临近闭市，可能不计入：以回执为准。',
    'So close to the gate, it may not count: what the receipt says holds.',
  ],
  'act.receipt': ['查看回执', 'See the receipt'],
  'act.refused': ['未被接受', 'Not accepted'],
  'act.refused.on.record': ['已上链，未被接受', 'On record, not accepted'],
  'act.lost': ['没有节点应答', 'No node has answered'],
  'act.lost.remedy': [
    '业务可能仍会执行。请先在账本中查看是否已有回执，再决定是否重新提交。',
    'The act may still be executed. Look in the ledger whether there is a receipt before you send anew.',
  ],
  'remedy.retry': ['同一申请稍后可能被接受，可再次提交。', 'The same request may be accepted later: send it again.'],
  'remedy.change': ['须更改内容后再提交。', 'Change what is said above, then send anew.'],
  'remedy.gateClosed': [
    '闭市后不再受理。可关注本序列的下一场次。',
    'Nothing is taken in after the gate. The next session of this sequence is the next chance.',
  ],
  'remedy.notOpenYet': ['开市后再提交。', 'Send it once the session has opened.'],
  'remedy.unitNotInvited': [
    '请与交易中心核对本单元是否在参与名单中。',
    'Ask the exchange whether this unit is among those invited.',
  ],
  'remedy.samePerson': [
    '两人原则：须由另一位经办人的密钥办理。',
    'Two persons: another person of the organisation does this with a key of their own.',
  ],
  'remedy.keyTooNew': [
    '该密钥登记于此事项之后，不能批准它；请用更早登记的密钥。',
    'The key was put on record after this matter: an older one is needed to approve it.',
  ],
  'remedy.roleMissing': ['由有相应角色的市场成员办理。', 'A member of the market with the right role does this.'],
})
