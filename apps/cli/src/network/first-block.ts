import { readGenesis } from '@dujiang/chain'
import { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { keepsFirstBlock } from '@dujiang/node/network'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { othersOf } from './others.ts'
import type { PublicFiles } from './public-files.ts'

/**
 * Asks another member how far the ledger is, since engines keep its first block for a time only and a node that is to execute
 * every block needs it. Refuses where it is gone; only says so where the operator insists, who may know a node that keeps all.
 */
export async function demandFirstBlock(files: PublicFiles, keys: string, insists: boolean): Promise<void> {
  const { urls, how } = await othersOf(files, keys)
  const status = await new Client({ nodes: urls, sha256: nodeCrypto.sha256, ...how }).status().catch(() => undefined)
  if (status === undefined) {
    return warn(
      '其他节点的接口都没有应答：不知道它们是否还保留首个区块',
      'no interface of another node answers: whether they still keep the first block is not known',
    )
  }
  const { time, follows } = readGenesis(nodeCrypto.sha256, files.genesisBytes).genesis
  if (keepsFirstBlock(status.height - (follows?.height ?? 0), status.timeMs - time)) return
  const zh = `账本已到高度 ${status.height}，各节点的引擎不再保留首个区块`
  const en = `the ledger is at height ${status.height}, and engines no longer keep its first block`
  if (insists)
    return warn(
      `${zh}：没有一个保留全部区块的节点，就追不上`,
      `${en}: without a node that does, this one cannot follow`,
    )
  throw new Failure(`${zh}：用 --by snapshot 从快照加入`, `${en}: join with --by snapshot`)
}

function warn(zh: string, en: string): void {
  process.stderr.write(`${say('注意：', 'note: ')}${say(zh, en)}\n`)
}
