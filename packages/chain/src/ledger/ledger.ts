import type { Json } from '@dujiang/core/codec'
import { type CryptoProvider, LogTree, equalBytes, leafHash } from '@dujiang/core/crypto'
import { type Chain, type Understood, understand } from '../admission.ts'
import { type Admission, isInadmissible } from '../admission-refusals.ts'
import type { Application, View } from '../application.ts'
import { type Block, type BlockId, type Commit, blockIdOf, msFromTime } from '../comet/index.ts'
import { Defect } from '../defect.ts'
import { type Executed, commitBlock, executeBlock } from '../execute/block.ts'
import { type Founded, readGenesis } from '../genesis.ts'
import { CommittedView } from '../state/overlay.ts'
import { type State, applyWrites, emptyState, treeAfter } from '../state/state.ts'
import { appHashOf } from '../state/app-hash.ts'
import { type Tip, genesisTip, nextBlock, tipAfter } from './tip.ts'

/** A block decided but not yet durable: nothing of it is part of the ledger until it is committed. */
export interface Decided {
  readonly block: Block
  readonly blockId: BlockId
  readonly executed: Executed
}

/**
 * A chain at its newest block: state, log of receipts, tip. It decides what a block does and takes in what has been
 * decided; where blocks come from, who signs and where they are kept is the engine's business.
 */
export class Ledger {
  readonly app: Application
  readonly crypto: CryptoProvider
  readonly founded: Founded
  readonly chain: Chain
  readonly state: State
  readonly receiptLog: LogTree
  #tip: Tip

  constructor(app: Application, crypto: CryptoProvider, genesisBytes: Uint8Array) {
    this.app = app
    this.crypto = crypto
    this.founded = readGenesis(crypto.sha256, genesisBytes)
    const { genesis, chain } = this.founded
    if (genesis.app.name !== app.name) throw new Error(`genesis: /app/name is ${genesis.app.name}, not ${app.name}`)
    this.chain = { id: chain, domain: genesis.domain }
    this.state = initialState(app, crypto, genesis.app.state)
    this.receiptLog = new LogTree(crypto.sha256)
    this.#tip = genesisTip(crypto.sha256, this.founded, this.state.appHash)
  }

  get tip(): Tip {
    return this.#tip
  }

  /** The committed state, seen from the next height at a time no earlier than the last block's. */
  view(timeMs = this.#tip.timeMs): View {
    return new CommittedView(this.crypto.sha256, this.state.values, this.#tip.height + 1, timeMs)
  }

  understand(bytes: Uint8Array): Understood | Admission {
    return understand(this.app, this.crypto, this.chain, bytes)
  }

  /**
   * A transaction of a block that whoever calls has made itself, after checking its signature: taken to hold under the
   * key that the state before the block at `timeMs` knows. For replaying what one has signed for, never for what others made.
   */
  trust(bytes: Uint8Array, timeMs: number): Understood | undefined {
    const understood = this.understand(bytes)
    if (isInadmissible(understood)) return undefined
    const { org, key } = understood.envelope.body
    const record = this.app.key(this.view(timeMs), org, key)
    if (record !== undefined) understood.verifiedUnder = record.publicKey
    return understood
  }

  /** The next block with these transactions, and what it does. */
  decide(
    txs: readonly Uint8Array[],
    timeMs: number,
    proposerAddress: Uint8Array,
    understood?: readonly (Understood | undefined)[],
  ): Decided {
    if (timeMs <= this.#tip.timeMs) throw new Defect('TIME-1', `block time ${timeMs} is not after ${this.#tip.timeMs}`)
    const block = nextBlock(this.crypto, this.founded, this.#tip, { txs, timeMs, proposerAddress })
    const executed = executeBlock(this.app, this.crypto, this.chain, this.state, {
      height: block.header.height,
      timeMs,
      txs,
      ...(understood === undefined ? {} : { understood }),
    })
    return { block, blockId: blockIdOf(this.crypto.sha256, block), executed }
  }

  /** Takes in a block that has been made durable. */
  commit({ executed, blockId }: Decided, commit: Commit): void {
    const { sha256 } = this.crypto
    if (executed.height !== this.#tip.height + 1)
      throw new Defect('HEIGHT-1', `${executed.height} after ${this.#tip.height}`)
    commitBlock(this.state, executed)
    for (const { bytes } of executed.recorded) this.receiptLog.append(leafHash(sha256, bytes))
    this.#tip = tipAfter(sha256, executed, blockId, commit)
  }

  /** Executes a block somebody else made, and says what differs from what it claims. */
  replay(
    claimed: { readonly block: Block; readonly commit: Commit },
    understood?: readonly (Understood | undefined)[],
  ): Decided | string {
    const { header, txs } = claimed.block
    const timeMs = msFromTime(header.time)
    if (timeMs <= this.#tip.timeMs) return `time ${timeMs} is not after the block before, ${this.#tip.timeMs}`
    const decided = this.decide(txs, timeMs, header.proposerAddress, understood)
    if (!equalBytes(decided.blockId.hash, claimed.commit.blockId.hash))
      return headerDifference(header, decided.block.header)
    if (!equalBytes(decided.blockId.parts.hash, claimed.commit.blockId.parts.hash)) return 'blockId.parts differ'
    return decided
  }
}

function headerDifference(claimed: Block['header'], own: Block['header']): string {
  for (const field of Object.keys(own).sort() as (keyof Block['header'])[]) {
    if (JSON.stringify(jsonOf(claimed[field])) !== JSON.stringify(jsonOf(own[field]))) return `header.${field} differs`
  }
  return 'the commit is for another block'
}

const jsonOf = (value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value)

function initialState(app: Application, crypto: CryptoProvider, section: Json): State {
  const state = emptyState(crypto.sha256)
  const writes = new Map<string, Json | undefined>()
  for (const effect of app.initialise(section, crypto.sha256)) {
    if (effect.kind !== 'put') throw new Error('genesis: only rows can be founded')
    writes.set(effect.key, effect.value)
  }
  applyWrites(state.values, writes)
  state.tree = treeAfter(crypto.sha256, state.tree, writes)
  state.appHash = appHashOf(crypto.sha256, state.tree, state.receipts)
  return state
}
