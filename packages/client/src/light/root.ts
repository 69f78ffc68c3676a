import {
  type CommitCrypto,
  compareTimes,
  engineChainId,
  firstHeight,
  type Founded,
  genesisValidators,
  headerHash,
  type LightBlock,
  timeFromMs,
  validatorsHash,
  verifyCommit,
} from '@dujiang/chain'
import { equalBytes, fromHex } from '@dujiang/core/crypto'

/** A header that somebody one trusts has named: its height and its hash, hexadecimal. */
export interface PinnedHeader {
  readonly height: number
  readonly hash: string
}

/** The height of the first header to believe. */
export const rootHeight = (founded: Founded, pinned: PinnedHeader | undefined): number =>
  pinned?.height ?? firstHeight(founded)

/**
 * Why this is not where trust begins; undefined when it is. That is the pinned header or, without one, the first header of the
 * chain, made by the validators of the genesis file. Rule LIGHT-1.
 */
export function rootFault(
  crypto: CommitCrypto,
  founded: Founded,
  pinned: PinnedHeader | undefined,
  { header, commit, validators }: LightBlock,
): string | undefined {
  const { sha256 } = crypto
  const hash = headerHash(sha256, header)
  const setHash = validatorsHash(sha256, validators)
  if (header.chainId !== engineChainId(founded)) return `the header is of ${header.chainId}`
  if (header.height !== rootHeight(founded, pinned)) return `header ${header.height} is not the one asked for`
  if (pinned !== undefined && !equalBytes(hash, fromHex(pinned.hash))) return 'the header is not the pinned one'
  if (pinned === undefined) {
    const named = equalBytes(setHash, validatorsHash(sha256, genesisValidators(founded)))
    if (!named) return 'the first header is not of the validators of the genesis file'
    if (compareTimes(header.time, timeFromMs(founded.genesis.time)) <= 0)
      return 'the first header is not after the genesis'
  }
  if (!equalBytes(setHash, header.validatorsHash)) return 'the header names other validators'
  return verifyCommit(crypto, header.chainId, validators, hash, header.height, commit)?.reason
}
