import { defineWords } from './words.ts'

/** Words of the building blocks in ui/. */
export const uiWords = defineWords('ui', {
  'copy.done': ['已复制', 'Copied'],
  copy: ['复制', 'Copy'],
  'table.rows': ['{{count}} 行', '{{count}} rows'],
  'chart.loading': ['图表载入中', 'Loading the chart'],
  'grid.row': ['第 {{row}} 行', 'Row {{row}}'],
})
