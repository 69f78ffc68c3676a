import { type NetworkStand, type NodeStand, networkStand, nodesAgree, readSettings } from '@dujiang/node/network'
import { realClock } from '@dujiang/node/seams'
import { EXIT_REFUSED } from '../failure.ts'
import { say } from '../language.ts'
import { jsonLine, print } from '../output.ts'
import { table } from '../table.ts'
import { homesOf } from './homes.ts'
import { type Numbers, numbersOf } from './numbers-of.ts'

export interface StatusFlags {
  readonly dir?: string
  readonly json?: true
}

/**
 * Where the nodes of some homes on this machine stand. 0 only when each answers, its supervisor and its ledger too, none raises
 * an alarm or is not ready, and all have given the same state of one height.
 */
export async function status(named: readonly string[], { dir, json }: StatusFlags): Promise<number> {
  const homes = await homesOf(named, dir)
  const asked = await Promise.all(
    homes.map(async (home) => {
      // Not its peers: that their list has a mistake is for the status to say.
      const { moniker, rpcUrl } = await readSettings(home)
      return { name: moniker, rpcUrl }
    }),
  )
  const [stand, numbers] = await Promise.all([networkStand(asked, realClock), Promise.all(homes.map(numbersOf))])
  await print(json === true ? jsonLine(jsonOf(homes, stand, numbers)) : inWords(stand, numbers))
  return isWell(stand, numbers) ? 0 : EXIT_REFUSED
}

/** What is not known is not well: a supervisor that is gone raises no alarm. */
export function isWell(stand: NetworkStand, numbers: readonly Numbers[]): boolean {
  const areWell = ({ alarm, ready, listUnreadable }: Numbers): boolean =>
    alarm === false && ready === true && listUnreadable === false
  return stand.nodes.every((node) => 'height' in node) && nodesAgree(stand) && numbers.every(areWell)
}

function jsonOf(homes: readonly string[], { nodes, agreement }: NetworkStand, numbers: readonly Numbers[]) {
  return {
    agreed_height: nodesAgree({ agreement }) ? (agreement?.height ?? null) : null,
    app_hashes: agreement?.appHashes ?? [],
    not_compared: agreement?.notCompared ?? [],
    nodes: nodes.map((node, at) => ({ home: homes[at], ...node, ...numbers[at] })),
  }
}

function inWords({ nodes, agreement }: NetworkStand, numbers: readonly Numbers[]): string {
  const columns = say(
    '节点 表决权重 高度 区块时间落后 对端 应用哈希 回执 待入块 状态',
    'node power height behind peers app-hash receipts pending state',
  ).split(' ')
  const rows = nodes.map((node, at) => rowOf(node, numbers[at] as Numbers))
  const advice = nodes.flatMap(({ name }, at) => adviceFor(name, numbers[at] as Numbers))
  return `${[...table([columns, ...rows]), agreementWords(nodes, agreement), ...advice].join('\n')}\n`
}

function rowOf(
  node: NodeStand,
  { receipts, pending, ready, olderCopy, alarm, stranded, listUnreadable, restarts }: Numbers,
): readonly string[] {
  if ('trouble' in node) return [node.name, '-', '-', '-', '-', '-', '-', '-', say('无应答', 'no answer')]
  const { name, power, height, lagMs, peers, appHash, catchingUp } = node
  const state = [
    ...(alarm === true ? [say('报警', 'ALARM')] : []),
    ...(alarm === undefined ? [say('监督进程无应答', 'supervisor silent')] : []),
    ...(ready === undefined ? [say('账本无应答', 'ledger silent')] : []),
    ...(stranded === true ? [say('缺块', 'lacks blocks')] : []),
    ...(listUnreadable === true ? [say('名单有误', 'list of peers unreadable')] : []),
    ...(catchingUp ? [say('追赶中', 'catching up')] : []),
    ...(ready === false ? [say('未就绪', 'not ready')] : []),
    ...(olderCopy === true ? [say('旧盘', 'older disk')] : []),
    ...((restarts ?? 0) > 0 ? [say(`重启 ${restarts} 次`, `${restarts} restarts`)] : []),
  ]
  return [
    name,
    power === 0 ? say('全节点', 'full') : String(power),
    String(height),
    `${(lagMs / 1_000).toFixed(1)} s`,
    String(peers.length),
    appHash.slice(0, 12),
    String(receipts ?? '-'),
    String(pending ?? '-'),
    state.length === 0 ? say('正常', 'well') : state.join(' '),
  ]
}

/** What is to be done about a node, where it is known. */
function adviceFor(name: string, { stranded, halvesApart, listUnreadable }: Numbers): readonly string[] {
  const strandedWords = say(
    `${name}：对端更高，却不给它后续区块，多半已不再保留；停止它，从快照重新加入（dujiang network reset、join --by snapshot）`,
    `${name}: its peers are further and give it no block, which they may not keep any more; stop it and let it begin from a snapshot (dujiang network join --by snapshot)`,
  )
  const apartWords = say(
    `${name}：引擎与账本两部分对不上，引擎拒绝启动；缘由见监督进程的日志`,
    `${name}: the two halves of its home do not fit together, and the engine does not start; the log of its supervisor says how`,
  )
  const listWords = say(
    `${name}：peers.json 有误，改好之前不要重启；缘由见监督进程的日志`,
    `${name}: there is a mistake in peers.json; mend it before the node starts anew, which it does not with it. The log of its supervisor says where`,
  )
  return [
    ...(stranded === true ? [strandedWords] : []),
    ...(halvesApart === true ? [apartWords] : []),
    ...(listUnreadable === true ? [listWords] : []),
  ]
}

function agreementWords(nodes: readonly NodeStand[], agreement: NetworkStand['agreement']): string {
  if (agreement === undefined) {
    if (nodes.some((node) => 'height' in node)) return say('还没有区块', 'there is no block yet')
    return say('没有节点应答', 'no node answers')
  }
  const { height, appHashes, notCompared } = agreement
  if (appHashes.length > 1) {
    return say(
      `高度 ${height} 不一致：${appHashes.join(' ')}`,
      `at height ${height} the nodes DISAGREE: ${appHashes.join(' ')}`,
    )
  }
  if (notCompared.length > 0) {
    return say(
      `高度 ${height} 未能比对全部节点：${notCompared.join('、')} 没有给出该高度的区块头`,
      `at height ${height} the nodes are not compared: ${notCompared.join(', ')} gave no header of it`,
    )
  }
  if (nodes.filter((node) => 'height' in node).length === 1) {
    return say(
      `高度 ${height} 只有一个节点应答，无可比对`,
      `at height ${height} one node answers: there is nothing to compare`,
    )
  }
  return say(`高度 ${height} 各节点一致`, `at height ${height} the nodes agree`)
}
