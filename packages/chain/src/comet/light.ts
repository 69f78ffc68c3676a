import { equalBytes, toHex } from '@dujiang/core/crypto'
import { headerHash } from './hashes.ts'
import { headerFault } from './shape.ts'
import { afterMs, compareTimes, isTime } from './time.ts'
import { type Commit, type Header, type Timestamp, type Validator, voteFlag } from './types.ts'
import { type Member, membersFault, membersHash, sortedMembers, totalPower } from './validators.ts'
import { type CommitCrypto, type CommitFault, commitProofFault, commitShapeFault } from './verify-commit.ts'

/** A header with what proves it: the commit for it and the validators that made the commit. */
export type LightBlock = { readonly header: Header; readonly commit: Commit; readonly validators: readonly Validator[] }

/** What is trusted already: a header and the validators it names, as the next ones or as its own. */
export type Trusted = { readonly header: Header; readonly validators: readonly Validator[] }

/**
 * How time limits trust: a header older than `trustingPeriodMs` vouches for nothing any more (its validators may have
 * left and have nothing to lose); one that is `clockDriftMs` or more ahead of `now` is not believed.
 */
export type LightLimits = {
  readonly now: Timestamp
  readonly trustingPeriodMs: number
  readonly clockDriftMs: number
}

/** The share of trusted power that must have signed a header for us to skip to it: from 1/3 to 1. */
export type TrustLevel = { readonly numerator: number; readonly denominator: number }

/** The engine's default trust level. */
export const TRUST_ONE_THIRD: TrustLevel = { numerator: 1, denominator: 3 }

/**
 * Why a header was not believed. `notEnoughTrust` alone says nothing against it: the trusted validators have changed too
 * much, so a header between must be verified first.
 */
export type LightFault =
  | CommitFault
  | { readonly reason: 'trustExpired' }
  | { readonly reason: 'headerInvalid'; readonly field: keyof Header }
  | { readonly reason: 'chainIdWrong' }
  | { readonly reason: 'heightNotNext' | 'heightNotHigher'; readonly height: number; readonly trustedHeight: number }
  | { readonly reason: 'timeNotLater' | 'timeInFuture' }
  | { readonly reason: 'validatorsHashWrong' | 'nextValidatorsHashWrong' | 'trustedValidatorsWrong' }
  | { readonly reason: 'notEnoughTrust'; readonly power: number; readonly totalPower: number }

/**
 * Is `next` the header after the trusted one, made by the validators that one named? Undefined when it is, else the first
 * reason against it. Rules COMET-10 and COMET-11.
 */
export function verifyAdjacent(
  crypto: CommitCrypto,
  trusted: Header,
  next: LightBlock,
  limits: LightLimits,
): LightFault | undefined {
  const { header, commit } = next
  if (header.height !== trusted.height + 1) {
    return { reason: 'heightNotNext', height: header.height, trustedHeight: trusted.height }
  }
  const members = sortedMembers(crypto.sha256, next.validators)
  const fault = headerFaultAfter(trusted, header, limits) ?? blockFault(crypto, next, members)
  if (fault !== undefined) return fault
  if (!equalBytes(header.validatorsHash, trusted.nextValidatorsHash)) return { reason: 'nextValidatorsHashWrong' }
  return commitProofFault(crypto, header.chainId, members, commit)
}

/**
 * May `target`, any later header, be believed without those between, because more than `trustLevel` of the trusted
 * validators signed it? Undefined when so, else the first reason against it. Rules COMET-10 and COMET-12.
 */
export function verifySkipping(
  crypto: CommitCrypto,
  trusted: Trusted,
  target: LightBlock,
  limits: LightLimits,
  trustLevel: TrustLevel = TRUST_ONE_THIRD,
): LightFault | undefined {
  const { header, commit } = target
  if (header.height <= trusted.header.height) {
    return { reason: 'heightNotHigher', height: header.height, trustedHeight: trusted.header.height }
  }
  const members = sortedMembers(crypto.sha256, target.validators)
  return (
    headerFaultAfter(trusted.header, header, limits) ??
    blockFault(crypto, target, members) ??
    overlapFault(crypto, trusted, members, commit, trustLevel) ??
    commitProofFault(crypto, header.chainId, members, commit)
  )
}

function headerFaultAfter(trusted: Header, header: Header, limits: LightLimits): LightFault | undefined {
  demandLimits(limits)
  if (compareTimes(afterMs(trusted.time, limits.trustingPeriodMs), limits.now) <= 0) return { reason: 'trustExpired' }
  const field = headerFault(header)
  if (field !== undefined) return { reason: 'headerInvalid', field }
  if (header.chainId !== trusted.chainId) return { reason: 'chainIdWrong' }
  if (compareTimes(header.time, trusted.time) <= 0) return { reason: 'timeNotLater' }
  const tooLate = compareTimes(header.time, afterMs(limits.now, limits.clockDriftMs)) >= 0
  return tooLate ? { reason: 'timeInFuture' } : undefined
}

/** Compared with what is no number, no header would ever be too old or too far ahead. */
function demandLimits({ now, trustingPeriodMs, clockDriftMs }: LightLimits): void {
  const areMs = [trustingPeriodMs, clockDriftMs].every((ms) => Number.isSafeInteger(ms) && ms >= 0)
  if (!areMs || !isTime(now)) throw new Error('the limits of trust are a time and whole numbers of milliseconds')
}

/** Do the three parts of a light block belong together? `members` are its validators in their order. */
export function blockFault(
  crypto: CommitCrypto,
  block: LightBlock,
  members: readonly Member[],
): LightFault | undefined {
  const { header, commit } = block
  const fault = commitShapeFault(members, headerHash(crypto.sha256, header), header.height, commit)
  if (fault !== undefined) return fault
  const named = equalBytes(membersHash(crypto.sha256, members), header.validatorsHash)
  return named ? undefined : { reason: 'validatorsHashWrong' }
}

function overlapFault(
  crypto: CommitCrypto,
  { header, validators }: Trusted,
  members: readonly Member[],
  commit: Commit,
  trustLevel: TrustLevel,
): LightFault | undefined {
  const trusted = sortedMembers(crypto.sha256, validators)
  // A chain may name an empty set and so end; that set vouches for nothing, which is the answer below.
  const fault = trusted.length === 0 ? undefined : membersFault(trusted)
  if (fault !== undefined) return fault
  const named = membersHash(crypto.sha256, trusted)
  if (!equalBytes(named, header.nextValidatorsHash) && !equalBytes(named, header.validatorsHash)) {
    return { reason: 'trustedValidatorsWrong' }
  }
  return sharedPowerFault(trusted, members, commit, trustLevel)
}

/**
 * Did trusted validators with more than `trustLevel` of their power sign for the block? Counts by public key what the entries
 * claim; whoever calls checks the signatures afterwards, under those same keys.
 */
export function sharedPowerFault(
  trusted: readonly Validator[],
  members: readonly Member[],
  commit: Commit,
  trustLevel: TrustLevel = TRUST_ONE_THIRD,
): LightFault | undefined {
  const signers = members.filter((_, index) => commit.signatures[index]!.flag === voteFlag.commit)
  const signed = new Set(signers.map((signer) => toHex(signer.publicKey)))
  const power = totalPower(trusted.filter((member) => signed.has(toHex(member.publicKey))))
  const total = totalPower(trusted)
  const { numerator, denominator } = checkedTrustLevel(trustLevel)
  if (BigInt(power) * denominator > BigInt(total) * numerator) return undefined
  return { reason: 'notEnoughTrust', power, totalPower: total }
}

function checkedTrustLevel(level: TrustLevel): { numerator: bigint; denominator: bigint } {
  const numerator = BigInt(level.numerator)
  const denominator = BigInt(level.denominator)
  if (numerator * 3n < denominator || numerator > denominator || denominator < 1n) {
    throw new Error('a trust level lies between 1/3 and 1')
  }
  return { numerator, denominator }
}
