import { concatBytes } from '@dujiang/core/crypto'
import { encodeBlockId, encodeTime } from './encode.ts'
import { ProtoWriter, uvarint } from './proto-writer.ts'
import { type BlockId, type Commit, type CommitSig, type Timestamp, voteFlag } from './types.ts'

/** The engine's number for the kind of vote a commit is made of. */
export const PRECOMMIT = 2

/** What a validator votes on; `blockId` is undefined in a vote for no block. */
export type Vote = {
  readonly type: number
  readonly height: number
  readonly round: number
  readonly blockId: BlockId | undefined
  readonly time: Timestamp
}

/** The bytes a vote's signature covers: CanonicalVote behind its length. Rule COMET-5. */
export function voteSignBytes(chainId: string, vote: Vote): Uint8Array {
  const writer = new ProtoWriter().int(1, vote.type).sfixed64(2, vote.height).sfixed64(3, vote.round)
  if (vote.blockId !== undefined) writer.message(4, encodeBlockId(vote.blockId))
  const canonical = writer.message(5, encodeTime(vote.time)).text(6, chainId).finish()
  return concatBytes(uvarint(canonical.length), canonical)
}

/**
 * The bytes covered by the signature of `entry`, an entry of `commit` that is not absent. To sign a commit, pass the
 * entry before it has its signature.
 */
export function precommitSignBytes(
  chainId: string,
  commit: Pick<Commit, 'height' | 'round' | 'blockId'>,
  entry: Pick<CommitSig, 'flag' | 'time'>,
): Uint8Array {
  const blockId = entry.flag === voteFlag.commit ? commit.blockId : undefined
  return voteSignBytes(chainId, {
    type: PRECOMMIT,
    height: commit.height,
    round: commit.round,
    blockId,
    time: entry.time,
  })
}
