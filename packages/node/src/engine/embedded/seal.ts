import {
  type Commit,
  type CommitSig,
  type Decided,
  type Founded,
  addressOf,
  engineChainId,
  precommitSignBytes,
  voteFlag,
} from '@dujiang/chain'
import { type CryptoProvider, type Signer, equalBytes, fromHex } from '@dujiang/core/crypto'

/** Signs blocks as the only validator of a chain. */
export class Sealer {
  readonly address: Uint8Array
  readonly #chainId: string
  readonly #signer: Signer

  /** Throws unless the genesis file names this signer, and nobody else, as validator. Rule ENG-1. */
  constructor({ sha256 }: CryptoProvider, { genesis, chain }: Founded, signer: Signer) {
    const [only, ...others] = genesis.validators
    const named = only !== undefined && equalBytes(fromHex(only.key), signer.publicKey)
    if (!named || others.length > 0 || signer.scheme !== 'ed25519') {
      throw new Error(
        "the embedded engine signs alone: the genesis file must name this node's validator key and no other",
      )
    }
    this.address = addressOf(sha256, signer.publicKey)
    this.#chainId = engineChainId({ chain })
    this.#signer = signer
  }

  /** The commit of a decided block: one precommit, at the block's own time. */
  seal({ block: { header }, blockId }: Decided): Commit {
    const entry = {
      flag: voteFlag.commit,
      validatorAddress: this.address,
      time: header.time,
    } satisfies Partial<CommitSig>
    const unsigned = { height: header.height, round: 0, blockId }
    const signature = this.#signer.sign(precommitSignBytes(this.#chainId, unsigned, entry))
    return { ...unsigned, signatures: [{ ...entry, signature }] }
  }
}
