import { defineWords } from './words.ts'

/** Words of the building blocks in ui/. */
export const uiWords = defineWords('ui', {
  'copy.done': ['已复制', 'Copied'],
  copy: ['复制', 'Copy'],
  'table.rows': ['{{count}} 行', '{{count}} rows'],
  'table.still': ['已停在此处，不再随新业务更新', 'Standing still: what is new is not shown'],
  'table.restart': ['回到最新', 'Back to the newest'],
  'chart.loading': ['图表载入中', 'Loading the chart'],
  'grid.row': ['第 {{row}} 行', 'Row {{row}}'],
  calendar: ['打开日历', 'Open a calendar'],
  'list.comma': ['、', ', '],
})
