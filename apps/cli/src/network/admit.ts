import { readFile } from 'node:fs/promises'
import {
  type Card,
  type Consortium,
  fileHash,
  homeCard,
  letClientsIn,
  nameNodes,
  peersOf,
  readDoor,
  writeConsortium,
} from '@dujiang/node/consortium'
import { changePeers, homePaths, readPeers } from '@dujiang/node/network'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { writeConsortiumFiles } from './found.ts'
import { CONSORTIUM, readCardFile, readPublicFiles } from './public-files.ts'

/** Adds the node of a card to the list of nodes, or puts it in the place of the one it had: every member does the same. */
export async function admit(cardPath: string, { consortium: dir }: { readonly consortium: string }): Promise<void> {
  const { consortium } = await readPublicFiles(dir)
  const card = await readCardFile(cardPath)
  const others = consortium.nodes.filter(({ nodeId }) => nodeId !== card.nodeId)
  const clash = others.find((each) => each.validatorKey === card.validatorKey || each.doorKey === card.doorKey)
  if (clash !== undefined) {
    throw new Failure(`${card.org} 与 ${clash.org} 的密钥相同`, `${card.org} has a key of ${clash.org}`)
  }
  await rewrite(dir, consortium, [...others, card])
}

/** Takes the nodes of an organisation out of the list of nodes. Its validator leaves by a decision on the ledger. */
export async function dismiss(org: string, { consortium: dir }: { readonly consortium: string }): Promise<void> {
  const { consortium } = await readPublicFiles(dir)
  const left = consortium.nodes.filter((node) => node.org !== org)
  if (left.length === consortium.nodes.length) {
    throw new Failure(`${CONSORTIUM} 里没有 ${org} 的节点`, `${CONSORTIUM} has no node of ${org}`)
  }
  await rewrite(dir, consortium, left)
}

/** Gives a home the peers, and the clients, of a list of nodes that has changed. */
export async function takePeers(home: string, { consortium: dir }: { readonly consortium: string }): Promise<void> {
  const { genesisBytes, consortium } = await readPublicFiles(dir)
  const paths = homePaths(home)
  if (!Buffer.from(genesisBytes).equals(await readFile(paths.genesis))) {
    throw new Failure(`${home} 是另一个网络的节点`, `${home} is a node of another network`)
  }
  const peers = peersOf(consortium, (await homeCard(home)).nodeId)
  // One with a mistake in it names nobody; it is written anew.
  const before = await readPeers(paths.peers).catch(() => [])
  const gone = before.filter(({ nodeId }) => peers.every((peer) => peer.nodeId !== nodeId)).map(({ name }) => name)
  await nameNodes(home, consortium)
  // The clients first: the processes may be started anew as soon as the peers are others.
  if ((await readDoor(home)).tls) await letClientsIn(home, consortium)
  await changePeers(home, peers)
  if (gone.length > 0) {
    await print(
      say(
        `不再放入：${gone.join('、')}；其中仍连着的，监督进程即重启两个进程以断开
`,
        `no longer let in: ${gone.join(', ')}; if one is connected the supervisor starts both processes anew now, which ends that
`,
      ),
    )
  }
  await print(
    say(
      `${home} 现有 ${peers.length} 个对端：它们及其客户机已可连入；主动连接它们，从下次重启起（dujiang network restart ${home}）\n`,
      `${home} now has ${peers.length} peers: they and their clients are let in at once; they are called from its next start on (dujiang network restart ${home})\n`,
    ),
  )
}

async function rewrite(dir: string, { chain }: Consortium, nodes: readonly Card[]): Promise<void> {
  const bytes = writeConsortium({ chain, nodes })
  await writeConsortiumFiles(dir, bytes)
  const hash = fileHash(bytes)
  await print(
    say(
      `${CONSORTIUM}：${nodes.length} 个节点，哈希 ${hash}；请各成员核对\n`,
      `${CONSORTIUM}: ${nodes.length} nodes, hash ${hash}; let the members compare\n`,
    ),
  )
}
