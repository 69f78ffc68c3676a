import { nodeCrypto } from '@dujiang/crypto/node'
import {
  type Actor,
  type TrivialGenesisOptions,
  TRIVIAL_TIME_MS,
  actOf,
  trivialApp,
  trivialGenesis,
  trivialValidator,
} from '@dujiang/testing/trivial'
import type { Json } from '@dujiang/core/codec'
import { type Signer, fromHex } from '@dujiang/core/crypto'
import {
  type Application,
  type Body,
  type Commit,
  type Decided,
  Ledger,
  type Understood,
  addressOf,
  chainIdOf,
  precommitSignBytes,
  voteFlag,
  writeSealedBlock,
} from '../../src/index.ts'

export const START_MS = TRIVIAL_TIME_MS

/** The only validator's commit for a decided block. */
export function sealed(
  ledger: Ledger,
  { block: { header }, blockId }: Decided,
  signer: Signer = trivialValidator,
): Commit {
  const entry = {
    flag: voteFlag.commit,
    validatorAddress: addressOf(nodeCrypto.sha256, signer.publicKey),
    time: header.time,
  }
  const unsigned = { height: header.height, round: 0, blockId }
  const chainId = chainIdOf(fromHex(ledger.founded.chain))
  return {
    ...unsigned,
    signatures: [{ ...entry, signature: signer.sign(precommitSignBytes(chainId, unsigned, entry)) }],
  }
}

/** A ledger with its only validator, driven block by block; it keeps what an export would hold. */
export class TestLedger {
  readonly genesisBytes: Uint8Array
  readonly ledger: Ledger
  readonly lines: Uint8Array[] = []
  readonly #sequences = new Map<string, number>()
  readonly #validator: Signer
  nowMs: number

  constructor(actors: readonly Actor[], options: TrivialGenesisOptions & { app?: Application; signer?: Signer } = {}) {
    this.genesisBytes = trivialGenesis(actors, options)
    this.ledger = new Ledger(options.app ?? trivialApp(), nodeCrypto, this.genesisBytes)
    this.#validator = options.signer ?? trivialValidator
    this.nowMs = this.ledger.tip.timeMs
  }

  /** A signed act, by default with the actor's next sequence and a minute to live. */
  act(actor: Actor, act: string, payload: Json, more: Partial<Body> = {}): Uint8Array {
    const sequence = (this.#sequences.get(actor.org) ?? 0) + 1
    this.#sequences.set(actor.org, sequence)
    const chain = this.ledger.chain.id
    return actOf(actor, { act, chain, sequence, expires: this.nowMs + 60_000, payload, ...more })
  }

  mix(actor: Actor, tally: string, amount: number, more: Partial<Body> = {}): Uint8Array {
    return this.act(actor, 'tally.mix', { tally, amount }, more)
  }

  decide(txs: readonly Uint8Array[], timeMs: number, understood?: readonly (Understood | undefined)[]): Decided {
    return this.ledger.decide(txs, timeMs, addressOf(nodeCrypto.sha256, this.#validator.publicKey), understood)
  }

  /** Decides, signs and takes in the next block, a second after the last one unless told otherwise. */
  block(
    txs: readonly Uint8Array[],
    timeMs = this.nowMs + 1_000,
    understood?: readonly (Understood | undefined)[],
  ): Decided {
    const decided = this.decide(txs, timeMs, understood)
    const commit = sealed(this.ledger, decided, this.#validator)
    this.ledger.commit(decided, commit)
    this.lines.push(writeSealedBlock({ header: decided.block.header, txs, commit }))
    this.nowMs = timeMs
    return decided
  }
}

export const codesOf = (decided: Decided): readonly number[] => decided.executed.results.map(({ code }) => code)
export const receiptsOf = (decided: Decided) => decided.executed.recorded.map(({ receipt }) => receipt)
