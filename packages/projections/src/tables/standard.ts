import type { ListTable } from '@dujiang/chain'

/** Every receipt, by what it says of itself. Its texts stand beside these columns. */
export const receiptsTable: ListTable = {
  name: 'receipts',
  title: { zh: '回执', en: 'Receipts' },
  columns: [
    { name: 'index', title: { zh: '序号', en: 'Index in the log' }, type: 'integer' },
    { name: 'id', title: { zh: '业务编号', en: 'Id of the act' }, type: 'text' },
    { name: 'height', title: { zh: '区块高度', en: 'Height of its block' }, type: 'integer' },
    { name: 'time', title: { zh: '区块时间', en: 'Time of its block, UTC milliseconds' }, type: 'integer' },
    { name: 'kind', title: { zh: '业务 act 或到期 due', en: 'An act, or something that fell due' }, type: 'text' },
    { name: 'act', title: { zh: '业务种类', en: 'Name of the act' }, type: 'text', filter: true },
    { name: 'org', title: { zh: '提交单位', en: 'Organisation that sent it' }, type: 'text', filter: true },
    { name: 'code', title: { zh: '结果代码，0 为接受', en: 'Code of the decision, 0 for accepted' }, type: 'integer' },
    { name: 'refusal', title: { zh: '拒绝原因', en: 'Name of the refusal' }, type: 'text' },
    { name: 'session', title: { zh: '场次', en: 'Session it is about' }, type: 'text', filter: true },
    { name: 'unit', title: { zh: '交易单元', en: 'Trading unit it is about' }, type: 'text', filter: true },
  ],
  key: ['index'],
  sortedBy: [],
  newestFirst: true,
  sealed: true,
}

/** Blocks that recorded something. How many receipts, and nothing of what they say: that is for everybody. */
export const blocksTable: ListTable = {
  name: 'blocks',
  title: { zh: '有回执的区块', en: 'Blocks that recorded something' },
  columns: [
    { name: 'height', title: { zh: '高度', en: 'Height' }, type: 'integer' },
    { name: 'time', title: { zh: '区块时间', en: 'Block time, UTC milliseconds' }, type: 'integer' },
    { name: 'first_index', title: { zh: '首个回执序号', en: 'Index of its first receipt' }, type: 'integer' },
    { name: 'receipts', title: { zh: '回执数', en: 'How many receipts' }, type: 'integer' },
  ],
  key: ['height'],
  sortedBy: [],
  newestFirst: true,
  sealed: false,
}

export const standardTables: readonly ListTable[] = [receiptsTable, blocksTable]
