import { defineWords } from '../../i18n/words.ts'

/** Words of announcing a session. */
export const announceWords = defineWords('announce', {
  title: ['发布交易公告', 'Announce a session'],
  lead: [
    '公告即定规则：公告之后，除两人办理的延期外，任何一项都不再变更。',
    'A notice fixes everything: afterwards nothing of it changes, but for a postponement by two persons.',
  ],
  begin: ['从何处开始', 'Begin from'],
  'begin.session': ['照 {{session}} 再办一场', 'Once more like {{session}}'],
  'group.templates': ['模板', 'Templates'],
  'group.sessions': ['以往场次', 'Earlier sessions'],
  preview: ['公告预览', 'The notice as it will read'],
  send: ['签名并公告', 'Sign and announce'],
  missing: ['尚缺：{{fields}}', 'Still missing: {{fields}}'],
  wrong: ['{{count}} 处不合规则，见各栏说明', '{{count}} fields do not keep the rules: see beside them'],
  done: ['场次 {{session}} 已公告', 'Session {{session}} is announced'],
  'done.next': ['开市前邀请参与单元并核定申报上限。', 'Before it opens, invite the units and say what each may bid.'],
  'draft.rules': [
    '填写时的规则为 {{before}}，现行规则为 {{now}}：已按现行规则重新校验。',
    'It was filled in under rule-set {{before}}; {{now}} is in force, and all is checked by it.',
  ],
  'go.units': ['邀请单元', 'Invite units'],
  'go.session': ['查看场次', 'See the session'],
  'sequence.new': ['新建交易序列…', 'Open a new sequence…'],
  'sequence.id': ['新序列编号', 'Id of the new sequence'],
  'sequence.name': ['新序列名称', 'Name of the new sequence'],
  'sequence.open': ['建立序列', 'Open the sequence'],
  'sequence.missing': ['填写编号与名称', 'Enter an id and a name'],
  'sequence.none': [
    '序列 {{sequence}} 尚未建立：先建立，再公告其中的场次。',
    'Sequence {{sequence}} is not open yet: open it, then announce sessions of it.',
  ],
})
