import { voteFlag, type BlockId } from '../../../src/comet/index.ts'
import { both, flipped, nanosAfter, ordered, signedBy, voteForNone, withCommit, withEntry } from './asking.ts'

// Every field of a commit.
const withId = (over: (id: BlockId) => Partial<BlockId>) =>
  withCommit(({ blockId }) => ({ blockId: { ...blockId, ...over(blockId) } }))
both(
  'commit: height',
  'commitHeightWrong',
  withCommit(({ height }) => ({ height: height + 1 })),
)
both(
  'commit: round',
  'commitSignatureWrong',
  withCommit(() => ({ round: 1 })),
)
both(
  'commit: round that is none',
  'commitRoundInvalid',
  withCommit(() => ({ round: -1 })),
)
both(
  'commit: hash of the block',
  'commitBlockWrong',
  withId(({ hash }) => ({ hash: flipped(hash) })),
)
both(
  'commit: count of parts',
  'commitSignatureWrong',
  withId(({ parts }) => ({ parts: { ...parts, total: 2 } })),
)
both(
  'commit: hash of the parts',
  'commitSignatureWrong',
  withId(({ parts }) => ({ parts: { ...parts, hash: flipped(parts.hash) } })),
)
both(
  'commit: no parts',
  'commitBlockWrong',
  withId(({ parts }) => ({ parts: { ...parts, total: 0 } })),
)
both(
  'entry: flag for no block',
  'commitSignatureWrong',
  withEntry(3, () => ({ flag: voteFlag.nil })),
)
both(
  'entry: flag absent, with a signature',
  'commitEntryInvalid',
  withEntry(3, () => ({ flag: voteFlag.absent })),
)
both(
  'entry: address',
  'commitAddressWrong',
  withEntry(3, ({ validatorAddress }) => ({ validatorAddress: flipped(validatorAddress) })),
)
both(
  'entry: seconds',
  'commitSignatureWrong',
  withEntry(3, ({ time }) => ({ time: { ...time, seconds: time.seconds + 1 } })),
)
both(
  'entry: nanoseconds',
  'commitSignatureWrong',
  withEntry(3, ({ time }) => ({ time: nanosAfter(time, 1) })),
)
both(
  'entry: first half of the signature',
  'commitSignatureWrong',
  withEntry(0, ({ signature }) => ({ signature: flipped(signature, 3) })),
)
both(
  'entry: second half of the signature, beyond two thirds',
  'commitSignatureWrong',
  withEntry(3, ({ signature }) => ({ signature: flipped(signature, 40) })),
)
both(
  'entry: left out',
  'commitCountWrong',
  withCommit(({ signatures }) => ({ signatures: signatures.slice(0, 3) })),
)
both(
  'entry: once more',
  'commitCountWrong',
  withCommit(({ signatures }) => ({ signatures: [...signatures, signatures[0]!] })),
)
both(
  'entry: one twice, in the place of another',
  'commitAddressWrong',
  withCommit(({ signatures }) => ({ signatures: signatures.with(3, signatures[0]!) })),
)
both(
  'entries: two swapped',
  'commitAddressWrong',
  withCommit(({ signatures: [a, b, ...more] }) => ({ signatures: [b!, a!, ...more] })),
)
both('entry: a vote for no block with a false signature', 'commitSignatureWrong', (block) =>
  voteForNone(block, 3, 'dujiang-other'),
)
both('entry: a vote for no block', undefined, (block) => voteForNone(block, 3))

// How much is enough: five, three, two and two of twelve.
both('exactly two thirds sign', 'commitPowerTooLow', (block) => signedBy(ordered[0]!, ordered[1]!)(block))
both('more than two thirds sign', undefined, (block) => signedBy(ordered[0]!, ordered[2]!, ordered[3]!)(block))
both('exactly two thirds, and a vote for no block', 'commitPowerTooLow', (block) =>
  voteForNone(signedBy(ordered[0]!, ordered[1]!)(block), 2),
)
