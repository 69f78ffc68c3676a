import { type LightBlock, readGenesis, timeFromMs, validatorsHash } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { commitOf, Headers, type HeadersOptions, party, validatorsOf } from '@dujiang/testing/light'
import type { PinnedHeader } from '../../src/index.ts'
import { genesis, hashAt, honest, options, parties } from './rig.ts'

/** A block offered as the one where trust begins, and what must be said against it; nothing where it is the one. */
export interface Root {
  readonly title: string
  readonly pinned: PinnedHeader | undefined
  readonly block: LightBlock
  readonly reason: string | undefined
}

export const founded = readGenesis(nodeCrypto.sha256, genesis)
const first = honest.at(1)
const seventh = honest.at(7)
const pin: PinnedHeader = { height: 7, hash: hashAt(7) }
const others = [party(7, 3), party(8, 3), party(9, 2), party(10, 2)]
const firstOf = (over: Partial<HeadersOptions>): LightBlock => new Headers({ ...options, ...over }).at(1)
/** Its time is the start and a second. */
const startingWith = (timeMs: number): LightBlock => firstOf({ start: timeFromMs(timeMs - 1_000) })

/** Both ways to begin: with the genesis file, and with a pinned header. */
function both(title: string, reason: string | undefined, change: (block: LightBlock) => LightBlock): readonly Root[] {
  return [
    { title: `${title}, by the genesis file`, pinned: undefined, block: change(first), reason },
    { title: `${title}, pinned`, pinned: pin, block: change(seventh), reason },
  ]
}

const signedBy = (places: readonly number[]) => (block: LightBlock) => {
  const signing = parties.filter((_, place) => places.includes(place))
  return { ...block, commit: commitOf(block.header, parties, signing) }
}

/** One bit of one signature, where each byte class of a signature begins or ends. */
function flipped(block: LightBlock, place: number, at: number): LightBlock {
  const entry = block.commit.signatures[place]!
  const signature = entry.signature.with(at, entry.signature[at]! ^ 1)
  const signatures = block.commit.signatures.with(place, { ...entry, signature })
  return { ...block, commit: { ...block.commit, signatures } }
}

export const ROOTS: readonly Root[] = [
  ...both('what its validators have signed', undefined, (block) => block),
  ...both('three of four, who have more than two thirds', undefined, signedBy([0, 1, 2])),
  {
    title: 'another chain',
    pinned: undefined,
    block: firstOf({ chainId: 'dujiang-another' }),
    reason: 'the header is of dujiang-another',
  },
  {
    title: 'the second header',
    pinned: undefined,
    block: honest.at(2),
    reason: 'header 2 is not the one asked for',
  },
  {
    title: 'another height than the pinned one',
    pinned: pin,
    block: first,
    reason: 'header 1 is not the one asked for',
  },
  {
    title: 'another header than the pinned one',
    pinned: { height: 7, hash: hashAt(8) },
    block: seventh,
    reason: 'the header is not the pinned one',
  },
  {
    title: 'validators whom the genesis file does not name',
    pinned: undefined,
    block: firstOf({ partiesAt: () => others }),
    reason: 'the first header is not of the validators of the genesis file',
  },
  {
    title: 'the time of the genesis',
    pinned: undefined,
    block: startingWith(founded.genesis.time),
    reason: 'the first header is not after the genesis',
  },
  {
    title: 'a millisecond after the genesis',
    pinned: undefined,
    block: startingWith(founded.genesis.time + 1),
    reason: undefined,
  },
  {
    title: 'a header that names others than have signed it',
    pinned: undefined,
    block: firstOf({ changes: () => ({ validatorsHash: validatorsHash(nodeCrypto.sha256, validatorsOf(others)) }) }),
    reason: 'the header names other validators',
  },
  {
    title: 'a pinned header with validators of somebody else, who have signed it',
    pinned: pin,
    block: { ...seventh, commit: commitOf(seventh.header, others, others), validators: validatorsOf(others) },
    reason: 'the header names other validators',
  },
  ...both('six tenths of the power', 'commitPowerTooLow', signedBy([0, 1])),
  ...both('nobody', 'commitPowerTooLow', signedBy([])),
  ...both('the commit of another header', 'commitHeightWrong', (block) => ({ ...block, commit: honest.at(8).commit })),
  ...[0, 1, 2, 3].flatMap((place) =>
    [0, 31, 32, 63].flatMap((at) =>
      both(`bit 0 of byte ${at} of signature ${place} changed`, 'commitSignatureWrong', (block) =>
        flipped(block, place, at),
      ),
    ),
  ),
]
