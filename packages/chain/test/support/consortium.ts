import type { Json } from '@dujiang/core/codec'
import { type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { inOrder, type Party, party } from '@dujiang/testing/light'
import { type Actor, actOf, actorOf, electingApp, trivialGenesis } from '@dujiang/testing/trivial'
import {
  addressOf,
  type Application,
  type BlockId,
  blockIdOf,
  chainIdOf,
  type Commit,
  type Decided,
  type GenesisValidator,
  type Header,
  Ledger,
  type Misbehaviour,
  nextBlock,
  precommitSignBytes,
  readEvidence,
  type Seal,
  type SealedBlock,
  timeFromMs,
  type Validator,
  voteFlag,
} from '../../src/index.ts'

const { sha256 } = nodeCrypto

export const founders: readonly Party[] = [0, 1, 2, 3].map((number) => party(number, 1))
const actor: Actor = actorOf('A')
export const keyOfParty = ({ signer }: Party): string => toHex(signer.publicKey)
export const addressOfParty = ({ signer }: Party): string => toHex(addressOf(sha256, signer.publicKey))

export const seatsOf = (parties: readonly Party[]): readonly GenesisValidator[] =>
  parties.map((one, place) => ({
    controller: `C${place}`,
    key: keyOfParty(one),
    name: `v${place}`,
    org: `ORG${place}`,
    power: one.power,
  }))

/** What a block holds beside its place. */
export interface Content {
  readonly txs?: readonly Uint8Array[]
  /** A second after the block before unless told. */
  readonly timeMs?: number
  readonly evidence?: readonly Uint8Array[]
}

export interface ConsortiumOptions {
  readonly app?: Application
  readonly genesisBytes?: Uint8Array
  readonly predecessor?: Ledger
}

/** A ledger whose blocks several validators sign, all whose signers are parties 0 to 9. */
export class Consortium {
  readonly genesisBytes: Uint8Array
  readonly ledger: Ledger
  readonly blocks: SealedBlock[] = []
  readonly #app: Application
  readonly #signers: ReadonlyMap<string, Signer>
  #sequence: number

  constructor(options: ConsortiumOptions = {}) {
    this.#app = options.app ?? electingApp()
    this.genesisBytes = options.genesisBytes ?? trivialGenesis([actor], { validators: seatsOf(founders) })
    this.ledger = new Ledger(this.#app, nodeCrypto, this.genesisBytes, options.predecessor)
    // Above those of a ledger that it follows.
    this.#sequence = this.ledger.tip.height * 100
    const all = Array.from({ length: 10 }, (_, number) => party(number, 1))
    this.#signers = new Map(all.map((one) => [keyOfParty(one), one.signer]))
  }

  get nowMs(): number {
    return this.ledger.tip.timeMs
  }

  act(act: string, payload: Json): Uint8Array {
    this.#sequence++
    const chain = this.ledger.chain.id
    return actOf(actor, { act, chain, sequence: this.#sequence, expires: this.nowMs + 3_600_000, payload })
  }

  mix(amount: number): Uint8Array {
    return this.act('tally.mix', { tally: 'T', amount })
  }

  seat(one: Party, power: number): Uint8Array {
    return this.act('seat.set', { key: keyOfParty(one), power })
  }

  /** The next block and what it does; nothing is taken in. */
  decide({ txs = [], timeMs = this.nowMs + 1_000, evidence = [] }: Content = {}): Decided {
    const { ledger } = this
    const misbehaviour = evidence.flatMap((raw) => readEvidence(sha256, raw) as readonly Misbehaviour[])
    const executed = ledger.execute({ timeMs, txs, misbehaviour })
    const [first] = ledger.tip.validators.next as readonly [Validator]
    const proposerAddress = addressOf(sha256, first.publicKey)
    const tip = { ...ledger.tip, seal: ledger.tip.seal as Seal }
    const block = nextBlock(nodeCrypto, ledger.founded, tip, {
      txs,
      time: timeFromMs(timeMs),
      proposerAddress,
      evidence,
    })
    return { block, blockId: blockIdOf(sha256, block), executed }
  }

  /** Signed by these, by default those whose turn it is. */
  sign(header: Header, blockId: BlockId, by = this.ledger.tip.validators.next): Commit {
    const subject = { height: header.height, round: 0, blockId }
    const chainId = chainIdOf(fromHex(this.ledger.founded.chain))
    const parties = by.map(({ publicKey, power }) => ({ signer: this.#signers.get(toHex(publicKey)) as Signer, power }))
    const signatures = inOrder(parties).map(({ signer }) => {
      const validatorAddress = addressOf(sha256, signer.publicKey)
      const entry = { flag: voteFlag.commit, validatorAddress, time: header.time }
      return { ...entry, signature: signer.sign(precommitSignBytes(chainId, subject, entry)) }
    })
    return { ...subject, signatures }
  }

  block(content: Content = {}): Decided {
    const decided = this.decide(content)
    const commit = this.sign(decided.block.header, decided.blockId)
    this.ledger.commit(decided, commit)
    const { header, txs, evidence } = decided.block
    this.blocks.push({ header, txs, commit, ...(evidence && { evidence }) })
    return decided
  }

  /** The block of a height. */
  at(height: number): SealedBlock {
    const found = this.blocks.find(({ header }) => header.height === height)
    if (found === undefined) throw new Error(`there is no block ${height}`)
    return found
  }

  /** Another node of this chain, at its beginning. */
  twin(predecessor?: Ledger): Ledger {
    return new Ledger(this.#app, nodeCrypto, this.genesisBytes, predecessor)
  }
}

/** Replays these blocks; why the first one that does not hold does not, or undefined. */
export function replayAll(ledger: Ledger, blocks: readonly SealedBlock[]): string | undefined {
  for (const sealed of blocks) {
    const decided = ledger.replay(sealed)
    if (typeof decided === 'string') return decided
    ledger.commit(decided, sealed.commit)
  }
  return undefined
}
