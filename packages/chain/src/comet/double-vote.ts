import { equalBytes } from '@dujiang/core/crypto'
import type { SentVote } from './evidence.ts'
import { NO_BLOCK } from './types.ts'
import { addressOf } from './validators.ts'
import type { CommitCrypto } from './verify-commit.ts'
import { voteSignBytes } from './vote.ts'

/** Why two votes do not prove that a validator voted twice. */
export type DoubleVoteFault = 'notItsVotes' | 'votesOfDifferentPlaces' | 'sameBlock' | 'signatureWrong'

/**
 * Do these two votes prove that the holder of `publicKey` voted for two blocks in one height, round and step? Undefined when
 * they do. A vote for no block is one for another block. Rule COMET-18.
 */
export function doubleVoteFault(
  crypto: CommitCrypto,
  chainId: string,
  publicKey: Uint8Array,
  [first, second]: readonly [SentVote, SentVote],
): DoubleVoteFault | undefined {
  const address = addressOf(crypto.sha256, publicKey)
  if (!equalBytes(first.address, address) || !equalBytes(second.address, address)) return 'notItsVotes'
  if (first.height !== second.height || first.round !== second.round || first.type !== second.type) {
    return 'votesOfDifferentPlaces'
  }
  const [one, other] = [first.blockId ?? NO_BLOCK, second.blockId ?? NO_BLOCK]
  const same =
    equalBytes(one.hash, other.hash) &&
    one.parts.total === other.parts.total &&
    equalBytes(one.parts.hash, other.parts.hash)
  if (same) return 'sameBlock'
  for (const vote of [first, second]) {
    if (!crypto.verifyCommit(publicKey, voteSignBytes(chainId, vote), vote.signature)) return 'signatureWrong'
  }
  return undefined
}
