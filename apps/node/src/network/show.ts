import { pad } from '../text.ts'
import type { SampleNode } from './found.ts'
import type { NetworkRun } from './run.ts'

const ORG_COLUMNS = 8
const NAME_COLUMNS = 34

/** One line a node: who runs it, what it is, where it answers. */
export const nodeLine = ({ org, name, votes, url }: SampleNode): string =>
  `  ${pad(org, ORG_COLUMNS, 'right')}${pad(name, NAME_COLUMNS, 'right')}${votes ? '验证节点 validator' : '全节点 full     '}  ${url}`

/** How the nodes stand to each other at the end. */
export function showAgreement({ nodes, agreement }: NetworkRun): string {
  const { heights, height, appHashes } = agreement
  const same = new Set(appHashes).size === 1
  return [
    '',
    `各节点在高度 ${height} 的状态${same ? '一致' : '不一致'} the nodes ${same ? 'agree' : 'DISAGREE'} at height ${height}：`,
    ...nodes.map(({ org }, at) => `  ${pad(org, ORG_COLUMNS, 'right')}高度 ${heights[at]}  应用哈希 ${appHashes[at]}`),
  ].join('\n')
}
