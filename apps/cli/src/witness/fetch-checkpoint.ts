import { type Checkpoint, checkpointHolds, readCheckpoint } from '@dujiang/chain'
import type { Fetch } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Card } from '@dujiang/node/consortium'
import { EXIT_REFUSED, Failure } from '../failure.ts'

/** The newest that the node of a card vouches for; undefined while it vouches for nothing. Refuses what it has not signed. */
export async function fetchCheckpoint(
  { api, doorKey, org }: Card,
  fetch: Fetch = globalThis.fetch,
): Promise<{ readonly bytes: Uint8Array; readonly checkpoint: Checkpoint } | undefined> {
  const answer = await fetch(`${api.replace(/\/+$/, '')}/v1/checkpoint`).catch((cause: unknown) => {
    throw new Failure(`连不上 ${api}`, `${api} gives no answer`, undefined, cause)
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (answer.status === 404) return undefined
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
  return { bytes, checkpoint: read }
}
