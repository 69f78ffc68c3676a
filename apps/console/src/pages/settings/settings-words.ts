import { defineWords } from '../../i18n/words.ts'

/** Words of the settings. */
export const settingsWords = defineWords('settings', {
  title: ['设置', 'Settings'],
  lead: [
    '只影响本浏览器的显示，不影响任何已签名的内容。',
    'Only what this browser shows. Nothing that is signed depends on it.',
  ],
  display: ['显示', 'Display'],
  language: ['语言', 'Language'],
  energy: ['电量单位', 'Energy unit'],
  'energy.note': ['价格一律为元/兆瓦时。', 'Prices are in yuan/MWh always.'],
  appearance: ['外观', 'Appearance'],
  keyboard: ['键盘', 'Keyboard'],
  'keyboard.go': ['先按 g，再按：', 'Press g, then:'],
  'keyboard.table': ['表格：↑ ↓ 移动，Enter 打开', 'Tables: ↑ ↓ move, Enter opens'],
  'keyboard.grid': [
    '申报表：方向键与 Enter 移动，可整块粘贴',
    'Order grid: arrows and Enter move; a block is pasted as a whole',
  ],
  node: ['节点', 'Node'],
  'node.ledger': ['账本', 'Ledger'],
  'node.chain': ['链', 'Chain'],
  'node.height': ['高度', 'Height'],
  'node.hash': ['应用哈希', 'App hash'],
  'node.receipts': ['回执', 'Receipts'],
  'node.lists': ['列表落后', 'Lists behind'],
  'node.api': ['接口说明', 'API'],
})
