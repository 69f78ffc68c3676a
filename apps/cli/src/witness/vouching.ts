import { type Header, vouchingFor } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { say } from '../language.ts'
import type { Kept } from './checkpoint-files.ts'

/** Why a header is not vouched for by all of these; undefined where it is. */
export function unvouched(kept: readonly Kept[], header: Header): string | undefined {
  for (const { file, checkpoint } of kept) {
    const vouching = vouchingFor(nodeCrypto.sha256, checkpoint, header)
    if (vouching === 'contradicts') return `${file}: the witness signed another block at height ${header.height}`
    if (vouching === 'silent')
      return `${file} is of height ${checkpoint.height} and says nothing of the state at height ${header.height}`
  }
  return undefined
}

/** Who has signed the state that an answer rests on, besides the validators, for people. */
export function witnessLines(kept: readonly Kept[]): string[] {
  if (kept.length === 0) return []
  const title = say(
    '下列节点自行执行后见证了同一状态（验证人另签一段历史，骗不过持有见证者）：',
    'these nodes have executed it themselves and signed the same state (they too would have to have lied):',
  )
  return [
    title,
    ...kept.map(
      ({ checkpoint: { node, height }, witness: { org, name } }) =>
        `  ${org} ${name} ${node} ${say('区块', 'block')} ${height}`,
    ),
  ]
}
