import { type NetworkStand, type NodeStand, networkStand, readHome } from '@dujiang/node/network'
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

/** Where the nodes of some homes on this machine stand; 1 when one does not answer, raises an alarm, or they disagree. */
export async function status(named: readonly string[], { dir, json }: StatusFlags): Promise<number> {
  const homes = await homesOf(named, dir)
  const asked = await Promise.all(
    homes.map(async (home) => {
      const { moniker, rpcUrl } = await readHome(home)
      return { name: moniker, rpcUrl }
    }),
  )
  const [stand, numbers] = await Promise.all([networkStand(asked, realClock), Promise.all(homes.map(numbersOf))])
  await print(json === true ? jsonLine(jsonOf(homes, stand, numbers)) : inWords(stand, numbers))
  const isWell =
    stand.nodes.every((node) => 'height' in node) &&
    stand.agreement?.appHashes.length === 1 &&
    numbers.every(({ alarm }) => alarm !== true)
  return isWell ? 0 : EXIT_REFUSED
}

function jsonOf(homes: readonly string[], { nodes, agreement }: NetworkStand, numbers: readonly Numbers[]) {
  return {
    agreed_height: agreement?.height ?? null,
    app_hashes: agreement?.appHashes ?? [],
    nodes: nodes.map((node, at) => ({ home: homes[at], ...node, ...numbers[at] })),
  }
}

function inWords({ nodes, agreement }: NetworkStand, numbers: readonly Numbers[]): string {
  const columns = say(
    '节点 表决权重 高度 区块时间落后 对端 应用哈希 回执 待入块 状态',
    'node power height behind peers app-hash receipts pending state',
  ).split(' ')
  const rows = nodes.map((node, at) => rowOf(node, numbers[at] as Numbers))
  const stranded = nodes.filter((_, at) => numbers[at]?.stranded === true).map(({ name }) => name)
  return `${[...table([columns, ...rows]), agreementWords(agreement), ...stranded.map(strandedWords)].join('\n')}\n`
}

function rowOf(
  node: NodeStand,
  { receipts, pending, ready, olderCopy, alarm, stranded, restarts }: Numbers,
): readonly string[] {
  if ('trouble' in node) return [node.name, '-', '-', '-', '-', '-', '-', '-', say('无应答', 'no answer')]
  const { name, power, height, lagMs, peers, appHash, catchingUp } = node
  const state = [
    ...(alarm === true ? [say('报警', 'ALARM')] : []),
    ...(stranded === true ? [say('缺块', 'lacks blocks')] : []),
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

const strandedWords = (name: string): string =>
  say(
    `${name}：对端更高，却不给它后续区块，多半已不再保留；停止它，从快照重新加入（dujiang network reset、join --by snapshot）`,
    `${name}: its peers are further and give it no block, which they may not keep any more; stop it and let it begin from a snapshot (dujiang network join --by snapshot)`,
  )

function agreementWords(agreement: NetworkStand['agreement']): string {
  if (agreement === undefined) return say('没有节点应答', 'no node answers')
  const { height, appHashes } = agreement
  if (appHashes.length === 1) return say(`高度 ${height} 各节点一致`, `at height ${height} the nodes agree`)
  return say(
    `高度 ${height} 不一致：${appHashes.join(' ')}`,
    `at height ${height} the nodes DISAGREE: ${appHashes.join(' ')}`,
  )
}
