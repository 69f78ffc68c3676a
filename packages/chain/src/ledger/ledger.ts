import { type Json, encodeCanonical } from '@dujiang/core/codec'
import { type AuthMap, type CryptoProvider, type Frontier, LogTree, equalBytes } from '@dujiang/core/crypto'
import { type Chain, type Understood, understand } from '../admission.ts'
import { type Admission, isInadmissible } from '../admission-refusals.ts'
import type { Application } from '../application.ts'
import {
  type Block,
  type BlockId,
  type Commit,
  type Header,
  type Validator,
  addressOf,
  blockIdOf,
  headerToJson,
  msFromTime,
  timeFromMs,
  verifyCommit,
} from '../comet/index.ts'
import { Defect } from '../defect.ts'
import { type Executed, commitBlock, executeBlock } from '../execute/block.ts'
import { demandOutsideChain } from '../execute/write.ts'
import { type Founded, readGenesis } from '../genesis.ts'
import { CommittedView } from '../state/overlay.ts'
import { type State, applyWrites, emptyState, treeAfter } from '../state/state.ts'
import { appHashOf } from '../state/app-hash.ts'
import { APP_VERSION } from './params.ts'
import { type Tip, genesisTip, genesisValidators, nextBlock, tipAfter } from './tip.ts'

/** A block decided but not yet durable: nothing of it is part of the ledger until it is committed. */
export interface Decided {
  readonly block: Block
  readonly blockId: BlockId
  readonly executed: Executed
}

/** The newest header with its signatures, and what its app hash commits to: the state before its own block. */
export interface Head {
  readonly header: Header
  readonly commit: Commit
  readonly tree: AuthMap
  readonly receipts: Frontier
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
  readonly #validators: readonly Validator[]
  #tip: Tip
  #head: Head | undefined

  constructor(app: Application, crypto: CryptoProvider, genesisBytes: Uint8Array) {
    this.app = app
    this.crypto = crypto
    this.founded = readGenesis(crypto.sha256, genesisBytes)
    const { genesis, chain } = this.founded
    const { name, version, state } = genesis.app
    if (name !== app.name) throw new Error(`genesis: /app/name is ${name}, not ${app.name}`)
    if (version !== APP_VERSION) throw new Error(`genesis: /app/version is ${version}, not ${APP_VERSION}`)
    this.chain = { id: chain, domain: genesis.domain }
    this.state = initialState(app, crypto, state)
    this.#validators = genesisValidators(this.founded)
    this.receiptLog = new LogTree(crypto.sha256)
    this.#tip = genesisTip(crypto.sha256, this.founded, this.state.appHash)
  }

  get tip(): Tip {
    return this.#tip
  }

  /** Undefined before the first block. */
  get head(): Head | undefined {
    return this.#head
  }

  /** The committed state, seen from the next height at a time no earlier than the last block's. */
  view(timeMs = this.#tip.timeMs): CommittedView {
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

  /** The next block with these transactions, and what it does. Block time must be later than the tip's. Rule TIME-1. */
  decide(
    txs: readonly Uint8Array[],
    timeMs: number,
    proposerAddress: Uint8Array,
    understood?: readonly (Understood | undefined)[],
  ): Decided {
    if (timeMs <= this.#tip.timeMs) throw new Defect('TIME-1', `block time ${timeMs} is not after ${this.#tip.timeMs}`)
    const block = nextBlock(this.crypto, this.founded, this.#tip, { txs, time: timeFromMs(timeMs), proposerAddress })
    return this.#execute(block, blockIdOf(this.crypto.sha256, block), understood)
  }

  /** Takes in a block that has been made durable. Rule HEIGHT-1. */
  commit({ block, executed, blockId }: Decided, commit: Commit): void {
    if (executed.height !== this.#tip.height + 1)
      throw new Defect('HEIGHT-1', `${executed.height} after ${this.#tip.height}`)
    const { tree, receipts } = this.state
    this.#head = { header: block.header, commit, tree, receipts }
    commitBlock(this.state, executed)
    for (const { leaf } of executed.recorded) this.receiptLog.append(leaf)
    this.#tip = tipAfter(this.crypto.sha256, executed, blockId, commit)
  }

  /**
   * Executes a block somebody else made, if it is the next one and its validators signed it; else says what is wrong.
   * Everything that can be checked is checked before the first act is executed. Rule REPLAY-1.
   */
  replay(
    claimed: { readonly block: Block; readonly commit: Commit },
    understood?: readonly (Understood | undefined)[],
  ): Decided | string {
    const { crypto, founded } = this
    const { header, txs } = claimed.block
    const height = this.#tip.height + 1
    if (header.height !== height) return `header.height is ${header.height}, not ${height}`
    const timeMs = msFromTime(header.time)
    if (timeMs <= this.#tip.timeMs) return `header.time ${timeMs} is not after the block before, ${this.#tip.timeMs}`
    const { time, proposerAddress } = header
    const block = nextBlock(crypto, founded, this.#tip, { txs, time, proposerAddress })
    const difference = headerDifference(header, block.header)
    if (difference !== undefined) return `header.${difference} differs`
    if (!this.#validators.some(({ publicKey }) => equalBytes(addressOf(crypto.sha256, publicKey), proposerAddress))) {
      return 'header.proposerAddress is no validator'
    }
    const blockId = blockIdOf(crypto.sha256, block)
    const { commit } = claimed
    const fault = verifyCommit(crypto, header.chainId, this.#validators, blockId.hash, header.height, commit)
    if (fault !== undefined) return `commit: ${fault.reason}`
    const { parts } = commit.blockId
    if (parts.total !== blockId.parts.total || !equalBytes(parts.hash, blockId.parts.hash)) {
      return 'commit.blockId.parts differ'
    }
    return this.#execute(block, blockId, understood)
  }

  #execute(block: Block, blockId: BlockId, understood?: readonly (Understood | undefined)[]): Decided {
    const { header, txs } = block
    const input = { height: header.height, timeMs: msFromTime(header.time), txs, ...(understood && { understood }) }
    return { block, blockId, executed: executeBlock(this.app, this.crypto, this.chain, this.state, input) }
  }
}

/** The first field, by name, in which two headers differ. */
function headerDifference(claimed: Header, own: Header): string | undefined {
  const [theirs, ours] = [headerToJson(claimed), headerToJson(own)] as { readonly [field: string]: Json }[]
  for (const field of Object.keys(ours!).sort()) {
    if (encodeCanonical(theirs![field]!) !== encodeCanonical(ours![field]!)) return field
  }
  return undefined
}

function initialState(app: Application, crypto: CryptoProvider, section: Json): State {
  const state = emptyState(crypto.sha256)
  const writes = new Map<string, Json | undefined>()
  for (const effect of app.initialise(section, crypto.sha256)) {
    if (effect.kind !== 'put') throw new Error('genesis: only rows can be founded')
    demandOutsideChain(effect.key)
    writes.set(effect.key, effect.value)
  }
  applyWrites(state.values, writes)
  state.tree = treeAfter(crypto.sha256, state, writes)
  state.appHash = appHashOf(crypto.sha256, state.tree, state.receipts)
  return state
}
