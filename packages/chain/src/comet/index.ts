export * from './attack.ts'
export * from './bisection.ts'
export * from './chain-id.ts'
export * from './double-vote.ts'
export * from './evidence.ts'
export * from './evidence-encode.ts'
export * from './hashes.ts'
export * from './json.ts'
export type { JsonFault, Parsed } from './json-reader.ts'
export {
  type LightBlock,
  type LightFault,
  type LightLimits,
  TRUST_ONE_THIRD,
  type TrustLevel,
  type Trusted,
  verifyAdjacent,
  verifySkipping,
} from './light.ts'
export * from './link.ts'
export { afterMs, compareTimes, msFromTime, timeFromMs } from './time.ts'
export * from './types.ts'
export { addressOf, type Member, sortedMembers, totalPower, validatorsHash } from './validators.ts'
export { type CommitCrypto, type CommitFault, verifyCommit } from './verify-commit.ts'
export * from './vote.ts'
