import type { Signer } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import {
  ABSENT,
  addressOf,
  type Block,
  blockIdOf,
  chainIdOf,
  type Commit,
  commitHash,
  consensusHash,
  dataHash,
  type Header,
  headerHash,
  type LightBlock,
  NO_BLOCK,
  NO_COMMIT,
  noEvidenceHash,
  precommitSignBytes,
  resultsHash,
  type Timestamp,
  type Validator,
  validatorsHash,
  voteFlag,
} from '../../src/comet/index.ts'

const { sha256 } = nodeCrypto

export const CHAIN_ID = chainIdOf(sha256(Uint8Array.of(7)))

export type Party = { readonly signer: Signer; readonly power: number }

/** A validator with the key of `seed` (0 to 255). */
export const party = (seed: number, power: number): Party => ({
  signer: signerFromSecret('ed25519', new Uint8Array(32).fill(seed + 1)),
  power,
})

export const validatorsOf = (parties: readonly Party[]): Validator[] =>
  parties.map(({ signer, power }) => ({ publicKey: signer.publicKey, power }))

/** The parties in the order of their set, that is of the entries in their commits. */
function inOrder(parties: readonly Party[]): Party[] {
  const address = (p: Party) => Buffer.from(addressOf(sha256, p.signer.publicKey))
  return [...parties].sort((a, b) => b.power - a.power || Buffer.compare(address(a), address(b)))
}

/** A block of one transaction at `height`, one second per height, made by `parties`. */
export function blockAt(
  height: number,
  parties: readonly Party[],
  nextParties = parties,
  changes: Partial<Header> = {},
): Block {
  const txs = [Uint8Array.of(height)]
  const result = { code: 0, data: sha256(Uint8Array.of(height)), gasWanted: 0, gasUsed: 0 }
  const header: Header = {
    version: { block: 11, app: 1 },
    chainId: CHAIN_ID,
    height,
    time: timeAt(height),
    lastBlockId: height === 1 ? NO_BLOCK : blockIdOf(sha256, blockAt(height - 1, parties)),
    lastCommitHash: commitHash(sha256, NO_COMMIT),
    dataHash: dataHash(sha256, txs),
    validatorsHash: validatorsHash(sha256, validatorsOf(parties)),
    nextValidatorsHash: validatorsHash(sha256, validatorsOf(nextParties)),
    consensusHash: consensusHash(sha256, 4_194_304, -1),
    appHash: sha256(Uint8Array.of(height, 1)),
    lastResultsHash: resultsHash(sha256, [result]),
    evidenceHash: noEvidenceHash(sha256),
    proposerAddress: addressOf(sha256, parties[0]!.signer.publicKey),
    ...changes,
  }
  return { header, txs, lastCommit: NO_COMMIT }
}

export const timeAt = (height: number): Timestamp => ({ seconds: 1_760_000_000 + height, nanos: 123_456_789 })

/** Who votes how; `commit` when not named. */
export type Votes = Readonly<Record<number, 'absent' | 'nil' | 'commit'>>

/** The commit of `parties` for `block`; `votes` by place in the validator set. */
export function commitFor(block: Block, parties: readonly Party[], votes: Votes = {}): Commit {
  const subject = { height: block.header.height, round: 0, blockId: blockIdOf(sha256, block) }
  const signatures = inOrder(parties).map(({ signer }, index) => {
    const vote = votes[index] ?? 'commit'
    if (vote === 'absent') return ABSENT
    const time = { seconds: block.header.time.seconds + 1, nanos: index }
    const entry = { flag: voteFlag[vote], validatorAddress: addressOf(sha256, signer.publicKey), time }
    return { ...entry, signature: signer.sign(precommitSignBytes(CHAIN_ID, subject, entry)) }
  })
  return { ...subject, signatures }
}

export function lightBlock(block: Block, parties: readonly Party[], votes: Votes = {}): LightBlock {
  return { header: block.header, commit: commitFor(block, parties, votes), validators: validatorsOf(parties) }
}

export const hashOf = (block: Block): Uint8Array => headerHash(sha256, block.header)
