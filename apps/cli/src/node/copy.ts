import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type Copied, copyLedger } from '@dujiang/node/export'
import { explainedLocal } from './trouble.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { progressBar } from '../progress.ts'

/** Backs up the ledger in the folder `data`. */
export async function backup(data: string, out: string): Promise<void> {
  await copy(data, out)
  const reminder = say('密钥不在备份内，请另行保存', 'keys are not in a backup: keep them elsewhere')
  process.stderr.write(`${reminder}\n`)
}

/** Puts a backup into the folder `data`, and says what a node started there must not do. */
export async function restore(from: string, data: string): Promise<void> {
  const { height } = await copy(from, data)
  const warning = say(
    `注意：副本止于区块 ${height}，其后的区块不在其中。若原账本已出过更高的区块，用同一验证人密钥接着签即为另一段历史；密钥文件旁的 .signed 记录会拒绝启动，但密钥换了位置就无从得知`,
    `mind: the copy ends at block ${height} and holds nothing after it. If the ledger had gone further, signing on with the same validator key makes a second history; the .signed record beside the key file refuses that, but a key kept elsewhere knows nothing of it`,
  )
  process.stderr.write(`${warning}\n`)
}

/** Copies a ledger from folder to folder, executing it again. */
async function copy(from: string, to: string): Promise<Copied> {
  const bar = progressBar(say('复制', 'copying'))
  const copied = await copyLedger({ app: dujiangMarket(), crypto: nodeCrypto, onProgress: bar.update }, from, to)
    .catch(explainedLocal)
    .finally(() => bar.stop())
  const { chain, height, appHash, pending } = copied
  const lines = [
    say(
      `${from} → ${to}：区块 1–${height} 已复制并重新执行`,
      `${from} -> ${to}: blocks 1-${height} copied and executed again`,
    ),
    ...(pending === 0
      ? []
      : [say(`其中 ${pending} 个操作已受理、尚未入块`, `with ${pending} acts accepted and in no block yet`)]),
    say(`链 ${chain}`, `chain ${chain}`),
    say(`状态 ${appHash}`, `state ${appHash}`),
  ]
  await print(`${lines.join('\n')}\n`)
  return copied
}
