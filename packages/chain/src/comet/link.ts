import { equalBytes } from '@dujiang/core/crypto'
import { blockFault, type LightBlock, type LightFault, sharedPowerFault } from './light.ts'
import { headerFault } from './shape.ts'
import { compareTimes } from './time.ts'
import type { Header, Validator } from './types.ts'
import { sortedMembers } from './validators.ts'
import { type CommitCrypto, commitProofFault } from './verify-commit.ts'

/** What a link of a chain of trust hangs on: validators, and the header they signed; a genesis file names some without a header. */
export type Anchor = { readonly validators: readonly Validator[]; readonly header?: Header }

/**
 * Do the validators of `block` follow from those believed before, without a clock? Undefined when they do, else the first reason
 * against it. Rule COMET-21. Offline nobody knows how old a signature is: those who once held the keys could
 * have made such links at any later time.
 */
export function verifyLink(
  crypto: CommitCrypto,
  chainId: string,
  anchor: Anchor,
  block: LightBlock,
): LightFault | undefined {
  const members = sortedMembers(crypto.sha256, block.validators)
  return (
    linkBlockFault(crypto, chainId, block) ??
    linkFault(crypto, anchor, block) ??
    commitProofFault(crypto, chainId, members, block.commit)
  )
}

/** The cheap half of {@link verifyLink} that looks at the block alone. */
export function linkBlockFault(crypto: CommitCrypto, chainId: string, block: LightBlock): LightFault | undefined {
  const field = headerFault(block.header)
  if (field !== undefined) return { reason: 'headerInvalid', field }
  if (block.header.chainId !== chainId) return { reason: 'chainIdWrong' }
  return blockFault(crypto, block, sortedMembers(crypto.sha256, block.validators))
}

/** The cheap half of {@link verifyLink} that looks at both ends: is it later, and signed by enough of those before? */
export function linkFault(
  crypto: CommitCrypto,
  { header: before, validators }: Anchor,
  { header, commit, validators: own }: LightBlock,
): LightFault | undefined {
  if (before !== undefined) {
    if (header.height <= before.height) {
      return { reason: 'heightNotHigher', height: header.height, trustedHeight: before.height }
    }
    if (compareTimes(header.time, before.time) <= 0) return { reason: 'timeNotLater' }
    if (equalBytes(header.validatorsHash, before.nextValidatorsHash)) return undefined
  }
  return sharedPowerFault(validators, sortedMembers(crypto.sha256, own), commit)
}
