import { type Json, encodeCanonical } from '@dujiang/core/codec'
import {
  type AuthMap,
  type CryptoProvider,
  type Frontier,
  type Hash,
  LogTree,
  equalBytes,
  toHex,
} from '@dujiang/core/crypto'
import { type Chain, type Seen, type Understood, admit, admitUnsigned, understand } from '../admission.ts'
import { type Admission, isInadmissible } from '../admission-refusals.ts'
import type { Application, Effect, KeyRecord, Misbehaviour, View } from '../application.ts'
import type { Envelope } from '../envelope.ts'
import type { Admitted } from '../execute/order.ts'
import {
  type Block,
  type BlockId,
  type Commit,
  type Header,
  NO_COMMIT,
  type Validator,
  addressOf,
  blockIdOf,
  headerHash,
  headerToJson,
  msFromTime,
  readEvidence,
  resultsHash,
  timeFromMs,
  validatorsHash,
  verifyCommit,
} from '../comet/index.ts'
import { Defect } from '../defect.ts'
import { type BlockInput, type Executed, commitBlock, executeBlock } from '../execute/block.ts'
import { demandOutsideChain } from '../execute/write.ts'
import { type Founded, engineChainId, firstHeight, readGenesis } from '../genesis.ts'
import { CommittedView, Overlay } from '../state/overlay.ts'
import { type State, applyWrites, emptyState, treeAfter } from '../state/state.ts'
import { appHashOf } from '../state/app-hash.ts'
import { APP_VERSION } from './params.ts'
import type { SealedBlock } from './sealed-block.ts'
import { type Chosen, type Seal, type Tip, genesisTip, nextBlock, tipAfter } from './tip.ts'

/** A block decided but not yet durable: nothing of it is part of the ledger until it is committed. */
export interface Decided {
  readonly block: Block
  readonly blockId: BlockId
  readonly executed: Executed
}

/** What a header commits to: the state before its own block. */
interface Committed {
  readonly tree: AuthMap
  readonly receipts: Frontier
}

/** The newest header with its signatures, and what its app hash commits to. */
export interface Head extends Committed {
  readonly header: Header
  readonly commit: Commit
}

/** All that a ledger goes on from. */
export interface Standing {
  readonly state: State
  readonly receiptLog: LogTree
  readonly tip: Tip
}

/** What stood before a block: what its header must say, and who signs it. */
interface Before extends Committed {
  readonly appHash: Uint8Array
  readonly validators: readonly Validator[]
}

/** Headers may be known later than their blocks are executed: what they commit to is kept for so many heights. */
const BEFORES_MAX = 256

/** What an engine hands over to be executed; its height is the next unless blocks without effect lie between. */
export type Ordered = Pick<BlockInput, 'timeMs' | 'txs' | 'understood' | 'misbehaviour'> &
  Partial<Pick<BlockInput, 'height' | 'previousTimeMs'>>

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
  /** The last height that was not executed here: it was founded above it, or goes on from there. */
  readonly beginHeight: number
  readonly #befores = new Map<number, Before>()
  readonly #seen: Seen = (id, expires) => this.state.seen.has(id, expires)
  #tip: Tip
  #head: Head | undefined

  /**
   * @param predecessor the ledger that the genesis file says it follows, at its last block; its state is taken over
   * @param standing where a ledger of this genesis file has got to, by whoever has proved that: it goes on from there
   */
  constructor(
    app: Application,
    crypto: CryptoProvider,
    genesisBytes: Uint8Array,
    predecessor?: Ledger,
    standing?: Standing,
  ) {
    this.app = app
    this.crypto = crypto
    this.founded = readGenesis(crypto.sha256, genesisBytes)
    const { genesis, chain } = this.founded
    const { name, version } = genesis.app
    if (name !== app.name) throw new Error(`genesis: /app/name is ${name}, not ${app.name}`)
    if (version !== APP_VERSION) throw new Error(`genesis: /app/version is ${version}, not ${APP_VERSION}`)
    this.chain = { id: chain, domain: genesis.domain }
    if (standing !== undefined) {
      this.state = standing.state
      this.receiptLog = standing.receiptLog
      this.#tip = standing.tip
      this.beginHeight = standing.tip.height
      return
    }
    demandPredecessor(this.founded, predecessor)
    this.state = predecessor?.state ?? emptyState(crypto.sha256)
    this.receiptLog = predecessor?.receiptLog ?? new LogTree(crypto.sha256)
    found(app, crypto, this.founded, this.state)
    this.#tip = genesisTip(crypto.sha256, this.founded, this.state.appHash)
    this.beginHeight = this.#tip.height
  }

  get tip(): Tip {
    return this.#tip
  }

  /** Undefined before the first header is known. */
  get head(): Head | undefined {
    return this.#head
  }

  /** The committed state, seen from the next height at a time no earlier than the last block's. */
  view(timeMs = this.#tip.timeMs): CommittedView {
    const place = { height: this.#tip.height + 1, timeMs, previousTimeMs: this.#tip.timeMs }
    return new CommittedView(this.crypto.sha256, this.state.values, place)
  }

  understand(bytes: Uint8Array): Understood | Admission {
    return understand(this.app, this.crypto, this.chain, bytes)
  }

  /** All that execution will ask of an act in the block of `view`, but the quota. Rules ADM-1 to ADM-7. */
  admit(view: View, understood: Understood): Admitted | Admission {
    return admit(this.app, this.crypto, view, this.#seen, understood)
  }

  /** What comes before the signature, and the key it must hold under. Rules ADM-1 to ADM-5. */
  admitUnsigned(view: View, envelope: Envelope): KeyRecord | Admission {
    return admitUnsigned(this.app, view, this.#seen, envelope)
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

  /** What the next block does. Block time must be later than the tip's. Rule TIME-1. */
  execute(ordered: Ordered): Executed {
    const { height = this.#tip.height + 1, previousTimeMs = this.#tip.timeMs } = ordered
    const { timeMs, txs, understood, misbehaviour } = ordered
    if (timeMs <= previousTimeMs) throw new Defect('TIME-1', `block time ${timeMs} is not after ${previousTimeMs}`)
    return executeBlock(this.app, this.crypto, this.chain, this.state, {
      height,
      timeMs,
      previousTimeMs,
      txs,
      ...(understood && { understood }),
      ...(misbehaviour && { misbehaviour }),
    })
  }

  /** Takes in a block that has been made durable, before its header is known or with it. Rule HEIGHT-1. */
  advance(executed: Executed, seal?: Seal): void {
    const { height } = executed
    if (height <= this.#tip.height) throw new Defect('HEIGHT-1', `${height} after ${this.#tip.height}`)
    const { tree, receipts, appHash } = this.state
    const { next, afterNext } = this.#tip.validators
    this.#befores.set(height, {
      tree,
      receipts,
      appHash,
      validators: height === this.#tip.height + 1 ? next : afterNext,
    })
    // Heights may have been left out: what is too old is not only what is just too old, and each holds a whole tree.
    for (const old of this.#befores.keys()) {
      if (old > height - BEFORES_MAX) break
      this.#befores.delete(old)
    }
    commitBlock(this.state, executed)
    for (const { leaf } of executed.recorded) this.receiptLog.append(leaf)
    this.#tip = tipAfter(this.crypto.sha256, this.#tip, executed, seal)
  }

  /**
   * Takes in the header of an executed block, once it is known: what it commits to is provable. Gives why it is not that
   * header, or undefined, also when there is a newer one already. Rule CROWN-1.
   */
  crown(header: Header, commit: Commit): string | undefined {
    const { sha256 } = this.crypto
    const { height } = header
    if (this.#head !== undefined && height <= this.#head.header.height) return undefined
    const before = this.#befores.get(height)
    if (before === undefined) return `block ${height} has not been executed lately`
    if (!equalBytes(header.appHash, before.appHash)) return `header ${height}: it commits to another state`
    const { validators } = before
    if (!equalBytes(header.validatorsHash, validatorsHash(sha256, validators))) {
      return `header ${height}: it is of other validators`
    }
    const hash = headerHash(sha256, header)
    const fault = verifyCommit(this.crypto, engineChainId(this.founded), validators, hash, height, commit)
    if (fault !== undefined) return `commit ${height}: ${fault.reason}`
    this.#crowned(header, commit, before)
    return undefined
  }

  /** The next block with these transactions, and what it does: for whoever makes and signs blocks alone. */
  decide(
    txs: readonly Uint8Array[],
    timeMs: number,
    proposerAddress: Uint8Array,
    understood?: readonly (Understood | undefined)[],
  ): Decided {
    const executed = this.execute({ timeMs, txs, ...(understood && { understood }) })
    const block = this.#next({ txs, time: timeFromMs(timeMs), proposerAddress })
    return { block, blockId: blockIdOf(this.crypto.sha256, block), executed }
  }

  /** Takes in a block with its header and signatures. */
  commit({ block, executed, blockId }: Decided, commit: Commit): void {
    this.advance(executed, { blockId, commit })
    this.#crowned(block.header, commit, this.#befores.get(executed.height) as Before)
  }

  /**
   * Executes a block somebody else made, if it is the next one and its validators signed it; else says what is wrong.
   * Everything that can be checked is checked before the first act is executed. Blocks before it may be missing if it
   * shows that they and it did nothing. Rules REPLAY-1 and REPLAY-2.
   */
  replay(sealed: SealedBlock, understood?: readonly (Understood | undefined)[]): Decided | string {
    const { crypto } = this
    const { header, txs, evidence, commit } = sealed
    const { height } = this.#tip
    const timeMs = msFromTime(header.time)
    if (header.height <= height) return `header.height is ${header.height}, not ${height + 1}`
    if (timeMs <= this.#tip.timeMs) return `header.time ${timeMs} is not after the block before, ${this.#tip.timeMs}`
    const misbehaviour = misbehaviourIn(crypto.sha256, evidence ?? [])
    if (typeof misbehaviour === 'string') return `evidence: ${misbehaviour}`
    const apart = header.height > height + 1
    if (apart && txs.length > 0) return `block ${height + 1} is missing`
    const block = apart ? this.#later(sealed) : this.#next(chosenOf(sealed))
    const difference = headerDifference(header, block.header)
    if (difference !== undefined) return `header.${difference} differs`
    const { next, afterNext } = this.#tip.validators
    const validators = apart ? afterNext : next
    if (!validators.some(({ publicKey }) => equalBytes(addressOf(crypto.sha256, publicKey), header.proposerAddress))) {
      return 'header.proposerAddress is no validator'
    }
    const hash = headerHash(crypto.sha256, header)
    const fault = verifyCommit(crypto, header.chainId, validators, hash, header.height, commit)
    if (fault !== undefined) return `commit: ${fault.reason}`
    if (!apart && !equalParts(commit.blockId, blockIdOf(crypto.sha256, block))) return 'commit.blockId.parts differ'
    const executed = this.execute({
      height: header.height,
      timeMs,
      txs,
      misbehaviour,
      ...(understood && { understood }),
    })
    if (apart && executed.recorded.length > 0) return `block ${height + 1} is missing, or one after it`
    return { block, blockId: commit.blockId, executed }
  }

  #next(chosen: Chosen): Block {
    const { seal } = this.#tip
    if (seal === undefined) throw new Defect('SEAL-1', `the signatures of block ${this.#tip.height} are not known`)
    return nextBlock(this.crypto, this.founded, { ...this.#tip, seal }, chosen)
  }

  /** A later block without effect, after others without: of what its header says of the one before it, its signatures must be believed. */
  #later(sealed: SealedBlock): Block {
    const { height, lastBlockId, lastCommitHash } = sealed.header
    const { afterNext } = this.#tip.validators
    const tip: Tip & { readonly seal: Seal } = {
      ...this.#tip,
      height: height - 1,
      resultsHash: resultsHash(this.crypto.sha256, []),
      validators: { next: afterNext, afterNext },
      seal: { blockId: lastBlockId, commit: NO_COMMIT },
    }
    const block = nextBlock(this.crypto, this.founded, tip, chosenOf(sealed))
    return { ...block, header: { ...block.header, lastCommitHash } }
  }

  #crowned(header: Header, commit: Commit, { tree, receipts }: Before): void {
    this.#head = { header, commit, tree, receipts }
  }
}

const chosenOf = ({ header, txs, evidence }: SealedBlock): Chosen => ({
  txs,
  time: header.time,
  proposerAddress: header.proposerAddress,
  ...(evidence && { evidence }),
})

const equalParts = ({ parts: a }: BlockId, { parts: b }: BlockId): boolean =>
  a.total === b.total && equalBytes(a.hash, b.hash)

function misbehaviourIn(sha256: Hash, evidence: readonly Uint8Array[]): readonly Misbehaviour[] | string {
  const all: Misbehaviour[] = []
  for (const raw of evidence) {
    const some = readEvidence(sha256, raw)
    if (typeof some === 'string') return some
    all.push(...some)
  }
  return all
}

/** The first field, by name, in which two headers differ. */
function headerDifference(claimed: Header, own: Header): string | undefined {
  const [theirs, ours] = [headerToJson(claimed), headerToJson(own)] as { readonly [field: string]: Json }[]
  for (const field of Object.keys(ours!).sort()) {
    if (encodeCanonical(theirs![field]!) !== encodeCanonical(ours![field]!)) return field
  }
  return undefined
}

function demandPredecessor({ genesis: { follows, time } }: Founded, predecessor: Ledger | undefined): void {
  if (follows === undefined) {
    if (predecessor !== undefined) throw new Error('genesis: /follows missing: it follows no ledger')
    return
  }
  if (predecessor === undefined) throw new Error(`genesis: /follows the ledger ${follows.chain} is not at hand`)
  const { tip, chain, head } = predecessor
  const block = head && toHex(headerHash(predecessor.crypto.sha256, head.header))
  const ended = { chain: chain.id, height: tip.height, appHash: toHex(tip.appHash), block }
  for (const field of ['chain', 'height', 'appHash', 'block'] as const) {
    if (ended[field] !== follows[field]) throw new Error(`genesis: /follows/${field} is not ${ended[field]}`)
  }
  if (time <= tip.timeMs) throw new Error(`genesis: /time is not after the last block of the ledger it follows`)
}

/** Founds the rows of a new ledger, and seats the validators of its genesis file. Rule GEN-6. */
function found(app: Application, { sha256 }: CryptoProvider, { genesis }: Founded, state: State): void {
  const { time, follows, validators } = genesis
  const overlay = new Overlay(sha256, state.values, {
    height: firstHeight({ genesis }) - 1,
    timeMs: time,
    previousTimeMs: time,
  })
  const section = genesis.app.state as { readonly [name: string]: Json }
  if (follows === undefined) put(overlay, app.initialise(section, sha256))
  else if (Object.keys(section).length > 0) throw new Error('genesis: /app/state is empty where a ledger is followed')
  if (app.validators !== undefined) put(overlay, app.validators.seat(overlay, validators))
  state.tree = treeAfter(sha256, state, overlay.writes)
  applyWrites(state.values, overlay.writes)
  state.appHash = appHashOf(sha256, state.tree, state.receipts)
}

function put(overlay: Overlay, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind !== 'put' && effect.kind !== 'drop') throw new Error('genesis: only rows can be founded')
    demandOutsideChain(effect.key)
    if (effect.kind === 'put') overlay.put(effect.key, effect.value)
    else overlay.drop(effect.key)
  }
}
