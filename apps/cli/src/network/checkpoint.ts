import { writeFile } from 'node:fs/promises'
import { checkpointHolds, readCheckpoint } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { say } from '../language.ts'
import { tlsFetch } from '../online/tls-fetch.ts'
import { print } from '../output.ts'
import { readCardFile } from './public-files.ts'

export interface CheckpointFlags {
  readonly out: string
  readonly tls?: string
}

/** Fetches what the node of a card vouches for, and keeps it: later it shows whether the history is still the same. */
export async function checkpoint(cardPath: string, { out, tls }: CheckpointFlags): Promise<void> {
  const { api, doorKey, org } = await readCardFile(cardPath)
  const fetch = tls === undefined ? globalThis.fetch : tlsFetch(tls)
  const answer = await fetch(`${api.replace(/\/+$/, '')}/v1/checkpoint`).catch((cause: unknown) => {
    throw new Failure(`连不上 ${api}`, `${api} gives no answer`, undefined, cause)
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const read = answer.ok ? readCheckpoint(bytes) : `${answer.status}`
  if (typeof read === 'string') {
    throw new Failure(
      `${org} 的节点没有给出检查点：${read}`,
      `the node of ${org} gave no checkpoint: ${read}`,
      EXIT_REFUSED,
    )
  }
  if (read.node !== doorKey || !checkpointHolds(nodeCrypto, read)) {
    throw new Failure(
      `${api} 给出的检查点不是名片上的密钥所签`,
      `what ${api} gave is not signed with the key of the card`,
      EXIT_REFUSED,
    )
  }
  await writeFile(out, bytes)
  await print(
    say(
      `${org} 见证区块 ${read.height} ${read.block}，已存入 ${out}\n`,
      `${org} vouches for block ${read.height} ${read.block}; kept in ${out}\n`,
    ),
  )
}
