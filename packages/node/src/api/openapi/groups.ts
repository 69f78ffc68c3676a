import type { Words } from '../route.ts'

interface Group {
  readonly name: string
  readonly title: Words
  readonly paths: RegExp
}

/** How the page orders the routes; a path belongs to the first that it matches. */
export const GROUPS: readonly Group[] = [
  { name: 'send', title: { zh: '提交业务', en: 'Sending acts' }, paths: /^\/v1\/acts(\/|$)/ },
  {
    name: 'follow',
    title: { zh: '跟随回执', en: 'Following receipts' },
    paths: /^\/v1\/(receipts(\/\{id\})?|stream)$/,
  },
  { name: 'lists', title: { zh: '列表与检索', en: 'Lists and search' }, paths: /^\/v1\/lists\// },
  {
    name: 'prove',
    title: { zh: '证明', en: 'Proofs' },
    paths: /^\/v1\/(receipts\/\{id\}\/proof|state-proofs\/|seen\/|light\/|checkpoint|genesis)/,
  },
  { name: 'look', title: { zh: '查阅状态与区块', en: 'State and blocks' }, paths: /^\/v1\/(state|blocks)/ },
  { name: 'demo', title: { zh: '演示', en: 'Demonstration' }, paths: /^\/demo\// },
  { name: 'node', title: { zh: '节点', en: 'The node' }, paths: /^/ },
]

export const groupOf = (path: string): Group => GROUPS.find(({ paths }) => paths.test(path)) as Group
