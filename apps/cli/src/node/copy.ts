import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { copyLedger } from '@dujiang/node/export'
import { explainedLocal } from './trouble.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { progressBar } from '../progress.ts'

/** Copies a ledger from folder to folder: a backup one way, a restoration the other. */
export async function copy(from: string, to: string): Promise<void> {
  const bar = progressBar(say('复制', 'copying'))
  const { chain, height, appHash, pending } = await copyLedger(
    { app: dujiangMarket(), crypto: nodeCrypto, onProgress: bar.update },
    from,
    to,
  )
    .catch(explainedLocal)
    .finally(() => bar.stop())
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
}
