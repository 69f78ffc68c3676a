import { nodeCrypto } from '@dujiang/crypto/node'
import {
  commitOf,
  Headers,
  type HeadersOptions,
  inOrder,
  type Party,
  party,
  validatorsOf,
} from '@dujiang/testing/light'
import {
  addressOf,
  type Commit,
  type CommitSig,
  type Header,
  type LightBlock,
  type LightLimits,
  precommitSignBytes,
  type Timestamp,
  validatorsHash,
  type verifyAdjacent,
  type verifySkipping,
  voteFlag,
} from '../../../src/comet/index.ts'

/** The rules under test: the real ones, or ones from which a check has been taken. */
export type Rules = { readonly verifyAdjacent: typeof verifyAdjacent; readonly verifySkipping: typeof verifySkipping }

/** One question to the rules, and the reason they must give; undefined when they must believe. */
export type Vector = {
  readonly title: string
  readonly reason: string | undefined
  ask(rules: Rules): string | undefined
}

export const DAY_MS = 86_400_000
export const DRIFT_MS = 10_000
// In the order of the set: powers that let exactly two thirds and exactly one third be signed for.
const parties = [party(0, 5), party(1, 3), party(2, 2), party(3, 2)]
export const ordered = inOrder(parties)
const options: HeadersOptions = { chainId: 'dujiang-negative', heights: 9, partiesAt: () => parties }
export const chain = new Headers(options)
export const trusted = chain.at(3)
export const next = chain.at(4)
export const far = chain.at(8)
export const limitsAt = (now: Timestamp): LightLimits => ({ now, trustingPeriodMs: DAY_MS, clockDriftMs: DRIFT_MS })
export const limits = limitsAt(chain.newest().header.time)
export const nanosAfter = (time: Timestamp, nanos: number): Timestamp => ({ ...time, nanos: time.nanos + nanos })

/** What the files of this folder ask, in order. */
export const vectors: Vector[] = []

/** To both rules: the next header and a later one. */
export function both(
  title: string,
  reason: string | undefined,
  change: (block: LightBlock) => LightBlock,
  at = limits,
): void {
  vectors.push({
    title: `${title}, next`,
    reason,
    ask: (rules) => rules.verifyAdjacent(nodeCrypto, trusted.header, change(next), at)?.reason,
  })
  vectors.push({
    title: `${title}, later`,
    reason,
    ask: (rules) => rules.verifySkipping(nodeCrypto, trusted, change(far), at)?.reason,
  })
}

export const flipped = (bytes: Uint8Array, at = 7): Uint8Array => bytes.with(at, bytes[at]! ^ 1)
export const withHeader = (over: (header: Header) => Partial<Header>) => (block: LightBlock) => {
  return { ...block, header: { ...block.header, ...over(block.header) } }
}
export const withCommit = (over: (commit: Commit) => Partial<Commit>) => (block: LightBlock) => {
  return { ...block, commit: { ...block.commit, ...over(block.commit) } }
}
export const withEntry = (place: number, over: (entry: CommitSig) => Partial<CommitSig>) =>
  withCommit(({ signatures }) => {
    return { signatures: signatures.with(place, { ...signatures[place]!, ...over(signatures[place]!) }) }
  })
/** The header changed and signed for again by everybody. */
export const signedAgain =
  (over: (header: Header) => Partial<Header>, set: readonly Party[] = parties) =>
  (block: LightBlock) => {
    const { header } = withHeader(over)(block)
    return { header, commit: commitOf(header, set, set), validators: validatorsOf(set) }
  }
export const signedBy =
  (...signing: readonly Party[]) =>
  (block: LightBlock) => {
    return { ...block, commit: commitOf(block.header, parties, signing) }
  }

export const fresh = (number: number, power = 1): Party => party(number + 20, power)

export function hashesOf(set: readonly Party[]): Partial<Header> {
  const hash = validatorsHash(nodeCrypto.sha256, validatorsOf(set))
  return { validatorsHash: hash, nextValidatorsHash: hash }
}

/** The entry in this place is a vote for no block, signed for the chain. */
export function voteForNone(block: LightBlock, place: number, chainId = block.header.chainId): LightBlock {
  const { signer } = ordered[place]!
  const nil = { flag: voteFlag.nil, time: block.header.time }
  const validatorAddress = addressOf(nodeCrypto.sha256, signer.publicKey)
  const signature = signer.sign(precommitSignBytes(chainId, block.commit, nil))
  return withEntry(place, () => ({ ...nil, validatorAddress, signature }))(block)
}
