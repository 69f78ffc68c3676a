import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { readProofHeader, vouchingFor } from '@dujiang/chain'
import type { Client } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { readCardFile } from '../network/public-files.ts'
import { print } from '../output.ts'
import { fetchCheckpoint } from '../witness/fetch-checkpoint.ts'
import { type Connection, connect, explainedBy, fetchOf } from './connection.ts'

const ASK_AGAIN_MS = 100

export type ProveFlags = Partial<Connection> & {
  readonly out: string
  readonly seconds: string
  readonly witness?: string
  readonly checkpointTo?: string
}

/** Waits until the receipt is provable and writes its file; with what a witness vouches for, where one is named. */
export async function prove(id: string, flags: ProveFlags): Promise<void> {
  const { out, witness, checkpointTo } = flags
  if (!/^\d{1,5}$/.test(flags.seconds)) throw new Failure('--seconds 取整数', '--seconds takes a whole number')
  if ((witness === undefined) !== (checkpointTo === undefined))
    throw new Failure('--witness 与 --checkpoint-to 须同用', '--witness and --checkpoint-to go together')
  const timeoutMs = Number(flags.seconds) * 1_000
  const client = await connect(flags)
  const proved = witness === undefined ? undefined : await witnessedProof(client, id, { ...flags, witness }, timeoutMs)
  await writeFile(out, proved?.file ?? (await client.waitProvable(id, { timeoutMs }).catch(explainedBy)))
  const how = [`dujiang verify ${out} --genesis GENESIS.json`]
  if (proved !== undefined && checkpointTo !== undefined) {
    await writeFile(checkpointTo, proved.checkpoint)
    how.push(`--checkpoint ${checkpointTo} --witness ${witness}`)
  }
  await print(say(`已写入 ${out}；核验：${how.join(' ')}\n`, `wrote ${out}; to verify it: ${how.join(' ')}\n`))
}

/** Two nodes are asked, between whose answers a block may come: they are asked until both are of one state. */
async function witnessedProof(
  client: Client,
  id: string,
  flags: ProveFlags & { readonly witness: string },
  timeoutMs: number,
): Promise<{ readonly file: Uint8Array; readonly checkpoint: Uint8Array }> {
  const card = await readCardFile(flags.witness)
  const endMs = performance.now() + timeoutMs
  for (;;) {
    const leftMs = Math.max(0, endMs - performance.now())
    const file = await client.waitProvable(id, { timeoutMs: leftMs }).catch(explainedBy)
    const header = readProofHeader(file)
    if (typeof header === 'string') throw refusal(`回执文件：${header}`, `the receipt file: ${header}`)
    const fetched = await fetchCheckpoint(card, fetchOf(flags).fetch)
    const vouching = fetched === undefined ? 'silent' : vouchingFor(nodeCrypto.sha256, fetched.checkpoint, header)
    if (fetched !== undefined && vouching === 'vouches') return { file, checkpoint: fetched.bytes }
    if (vouching === 'contradicts') {
      const [zh, en] = ['见证的是另一区块', 'vouches for another block']
      throw refusal(
        `${card.org} 的节点在高度 ${header.height} ${zh}`,
        `the node of ${card.org} ${en} at height ${header.height}`,
      )
    }
    if (performance.now() > endMs) {
      const [zh, en] = ['没有见证同一状态', 'has not vouched for the same state']
      throw refusal(
        `${card.org} 的节点 ${flags.seconds} 秒内${zh}`,
        `the node of ${card.org} ${en} within ${flags.seconds} s`,
      )
    }
    await delay(ASK_AGAIN_MS)
  }
}

const refusal = (zh: string, en: string): Failure => new Failure(zh, en, EXIT_REFUSED)
