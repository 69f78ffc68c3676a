import { encodeBlockId, encodeCommit, encodeHeader, encodeTime } from './encode.ts'
import type { EngineValidator, Evidence, SentVote } from './evidence.ts'
import { ProtoWriter } from './proto-writer.ts'
import { type Commit, type Header, NO_BLOCK } from './types.ts'

/** One element of a block's evidence, in the bytes that `decodeEvidence` reads. */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  if (evidence.kind === 'duplicateVote') {
    const [first, second] = evidence.votes
    const inner = new ProtoWriter().message(1, encodeSentVote(first)).message(2, encodeSentVote(second))
    inner.int(3, evidence.totalPower).int(4, evidence.power).message(5, encodeTime(evidence.time))
    return new ProtoWriter().message(1, inner.finish()).finish()
  }
  const inner = new ProtoWriter().message(1, evidence.conflictingBlock).int(2, evidence.commonHeight)
  for (const validator of evidence.byzantine) inner.message(3, encodeEngineValidator(validator))
  inner.int(4, evidence.totalPower).message(5, encodeTime(evidence.time))
  return new ProtoWriter().message(2, inner.finish()).finish()
}

/** A light block as evidence carries it. `proposer` is the validator whose turn it was. */
export function encodeLightBlock(
  { header, commit }: { readonly header: Header; readonly commit: Commit },
  validators: readonly EngineValidator[],
  proposer: EngineValidator,
): Uint8Array {
  const signedHeader = new ProtoWriter().message(1, encodeHeader(header)).message(2, encodeCommit(commit)).finish()
  const set = new ProtoWriter()
  for (const validator of validators) set.message(1, encodeEngineValidator(validator))
  set.message(2, encodeEngineValidator(proposer))
  return new ProtoWriter().message(1, signedHeader).message(2, set.finish()).finish()
}

function encodeSentVote(vote: SentVote): Uint8Array {
  return new ProtoWriter()
    .int(1, vote.type)
    .int(2, vote.height)
    .int(3, vote.round)
    .message(4, encodeBlockId(vote.blockId ?? NO_BLOCK))
    .message(5, encodeTime(vote.time))
    .bytes(6, vote.address)
    .int(7, vote.index)
    .bytes(8, vote.signature)
    .bytes(9, vote.extension)
    .bytes(10, vote.extensionSignature)
    .finish()
}

function encodeEngineValidator({ address, publicKey, power, priority }: EngineValidator): Uint8Array {
  const key = new ProtoWriter().bytes(1, publicKey).finish()
  return new ProtoWriter().bytes(1, address).message(2, key).int(3, power).int(4, priority).finish()
}
