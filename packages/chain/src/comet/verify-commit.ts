import { type CryptoProvider, equalBytes } from '@dujiang/core/crypto'
import { isBlockId, isCommitSig, isHeight, isRound } from './shape.ts'
import { type Commit, type Validator, voteFlag } from './types.ts'
import { type Member, membersFault, type MembersFault, sortedMembers, totalPower } from './validators.ts'
import { precommitSignBytes } from './vote.ts'

/** Of the provider, what checking a commit needs. */
export type CommitCrypto = Pick<CryptoProvider, 'sha256' | 'verifyCommit'>

/** Why a commit proves nothing. `index` is the place in the validator set. */
export type CommitFault =
  | MembersFault
  | { readonly reason: 'commitHeightWrong'; readonly height: number; readonly expectedHeight: number }
  | { readonly reason: 'commitRoundInvalid'; readonly round: number }
  | { readonly reason: 'commitBlockWrong' }
  | { readonly reason: 'commitCountWrong'; readonly count: number; readonly expectedCount: number }
  | { readonly reason: 'commitEntryInvalid'; readonly index: number }
  | { readonly reason: 'commitAddressWrong'; readonly index: number }
  | { readonly reason: 'commitPowerTooLow'; readonly power: number; readonly totalPower: number }
  | { readonly reason: 'commitSignatureWrong'; readonly index: number }

/**
 * Does `commit` prove that more than two thirds of the power of `validators` precommitted the block with header hash
 * `blockHash` at `height` of chain `chainId`? Undefined when it does, else the first reason against it, in the order of
 * {@link CommitFault}. Rules COMET-7 to COMET-9. Every signature is checked, also one that is not needed or is for no
 * block: a commit with a false one was not made by an honest node.
 * @example verifyCommit(nodeCrypto, 'dujiang-…', validators, headerHash(nodeCrypto.sha256, header), header.height, commit)
 */
export function verifyCommit(
  crypto: CommitCrypto,
  chainId: string,
  validators: readonly Validator[],
  blockHash: Uint8Array,
  height: number,
  commit: Commit,
): CommitFault | undefined {
  const members = sortedMembers(crypto.sha256, validators)
  return commitShapeFault(members, blockHash, height, commit) ?? commitProofFault(crypto, chainId, members, commit)
}

/** The cheap half of {@link verifyCommit}: is it a commit of these members for this block at all? */
export function commitShapeFault(
  members: readonly Member[],
  blockHash: Uint8Array,
  height: number,
  commit: Commit,
): CommitFault | undefined {
  return membersFault(members) ?? subjectFault(blockHash, height, commit) ?? entriesFault(members, commit)
}

/** The dear half, for a commit of the right shape: do enough members sign it, and all truly? */
export function commitProofFault(
  crypto: CommitCrypto,
  chainId: string,
  members: readonly Member[],
  commit: Commit,
): CommitFault | undefined {
  return powerFault(members, commit) ?? signatureFault(crypto, chainId, members, commit)
}

function subjectFault(blockHash: Uint8Array, height: number, commit: Commit): CommitFault | undefined {
  if (commit.height !== height || !isHeight(height)) {
    return { reason: 'commitHeightWrong', height: commit.height, expectedHeight: height }
  }
  if (!isRound(commit.round)) return { reason: 'commitRoundInvalid', round: commit.round }
  const named = isBlockId(commit.blockId) && equalBytes(commit.blockId.hash, blockHash)
  return named ? undefined : { reason: 'commitBlockWrong' }
}

// One entry for each member in its place: so nobody is counted twice and nobody from outside.
function entriesFault(members: readonly Member[], commit: Commit): CommitFault | undefined {
  const count = commit.signatures.length
  if (count !== members.length) return { reason: 'commitCountWrong', count, expectedCount: members.length }
  for (const [index, entry] of commit.signatures.entries()) {
    if (!isCommitSig(entry)) return { reason: 'commitEntryInvalid', index }
    if (entry.flag === voteFlag.absent) continue
    if (!equalBytes(entry.validatorAddress, members[index]!.address)) return { reason: 'commitAddressWrong', index }
  }
  return undefined
}

// Before the signatures, because it costs nothing: what the entries claim is the most they can prove.
function powerFault(members: readonly Member[], commit: Commit): CommitFault | undefined {
  const power = totalPower(members.filter((_, index) => commit.signatures[index]!.flag === voteFlag.commit))
  const total = totalPower(members)
  if (3n * BigInt(power) > 2n * BigInt(total)) return undefined
  return { reason: 'commitPowerTooLow', power, totalPower: total }
}

function signatureFault(
  crypto: CommitCrypto,
  chainId: string,
  members: readonly Member[],
  commit: Commit,
): CommitFault | undefined {
  for (const [index, entry] of commit.signatures.entries()) {
    if (entry.flag === voteFlag.absent) continue
    const signed = precommitSignBytes(chainId, commit, entry)
    if (!crypto.verifyCommit(members[index]!.publicKey, signed, entry.signature)) {
      return { reason: 'commitSignatureWrong', index }
    }
  }
  return undefined
}
