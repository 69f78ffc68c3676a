import {
  ABSENT,
  addressOf,
  afterMs,
  type BlockId,
  type Commit,
  commitHash,
  consensusHash,
  evidenceHash,
  type Header,
  headerHash,
  type LightBlock,
  NO_BLOCK,
  NO_COMMIT,
  precommitSignBytes,
  resultsHash,
  type Timestamp,
  validatorsHash,
  voteFlag,
} from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { inOrder, type Party, validatorsOf } from './parties.ts'

const { sha256 } = nodeCrypto

export interface HeadersOptions {
  readonly chainId: string
  readonly heights: number
  /** Who signs at a height; asked up to one above the last. */
  readonly partiesAt: (height: number) => readonly Party[]
  readonly start?: Timestamp
  readonly stepMs?: number
  /** Makes this a fork: up to this height its headers are those of `of`. */
  readonly fork?: { readonly of: Headers; readonly after: number }
  /** What a header says otherwise than by rule. */
  readonly changes?: (height: number) => Partial<Header>
  /** Whose precommit is missing; a commit must have more than two thirds all the same to be believed. */
  readonly silent?: (height: number, one: Party) => boolean
  readonly round?: number
}

/** When the first header was made, unless told. */
export const HEADERS_START: Timestamp = { seconds: 1_790_000_000, nanos: 123_456_789 }

/** A chain of headers with their commits and validators and no blocks, made as far as it is asked for. */
export class Headers {
  readonly #options: HeadersOptions
  readonly #made: LightBlock[] = []

  constructor(options: HeadersOptions) {
    this.#options = options
  }

  get heights(): number {
    return this.#options.heights
  }

  /** The light block of a height, from 1 to the last. */
  at(height: number): LightBlock {
    const { fork, heights } = this.#options
    if (height < 1 || height > heights) throw new Error(`there is no height ${height}`)
    if (fork !== undefined && height <= fork.after) return fork.of.at(height)
    const before = fork?.after ?? 0
    while (this.#made.length < height - before) this.#made.push(this.#make(before + this.#made.length + 1))
    return this.#made[height - before - 1] as LightBlock
  }

  newest(): LightBlock {
    return this.at(this.heights)
  }

  #make(height: number): LightBlock {
    const { chainId, partiesAt, start = HEADERS_START, stepMs = 1_000, changes, round = 0 } = this.#options
    const last = height === 1 ? undefined : this.at(height - 1)
    const parties = inOrder(partiesAt(height))
    const header: Header = {
      version: { block: 11, app: 1 },
      chainId,
      height,
      time: afterMs(start, height * stepMs),
      lastBlockId: last?.commit.blockId ?? NO_BLOCK,
      lastCommitHash: commitHash(sha256, last?.commit ?? NO_COMMIT),
      dataHash: sha256(Uint8Array.of(height & 255, height >> 8)),
      validatorsHash: validatorsHash(sha256, validatorsOf(parties)),
      nextValidatorsHash: validatorsHash(sha256, validatorsOf(partiesAt(height + 1))),
      consensusHash: consensusHash(sha256, 4_194_304, -1),
      appHash: sha256(Uint8Array.of(height & 255, height >> 8, 1)),
      lastResultsHash: resultsHash(sha256, []),
      evidenceHash: evidenceHash(sha256, []),
      proposerAddress: addressOf(sha256, (parties[0] as Party).signer.publicKey),
      ...changes?.(height),
    }
    const signing = parties.filter((one) => this.#options.silent?.(height, one) !== true)
    return { header, commit: commitOf(header, parties, signing, round), validators: validatorsOf(parties) }
  }
}

/** The commit of those who sign for a header; the parts of its block are made up. */
export function commitOf(header: Header, set: readonly Party[], signing: readonly Party[], round = 0): Commit {
  const hash = headerHash(sha256, header)
  const blockId: BlockId = { hash, parts: { total: 1, hash: sha256(hash) } }
  const subject = { height: header.height, round, blockId }
  const signatures = inOrder(set).map((one, place) => {
    if (!signing.includes(one)) return ABSENT
    const time = { seconds: header.time.seconds + 1, nanos: place }
    const entry = { flag: voteFlag.commit, validatorAddress: addressOf(sha256, one.signer.publicKey), time }
    return { ...entry, signature: one.signer.sign(precommitSignBytes(header.chainId, subject, entry)) }
  })
  return { ...subject, signatures }
}
