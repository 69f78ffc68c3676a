import {
  type Application,
  type Commit,
  type Decided as Made,
  type Header,
  Ledger,
  type Seal,
  type SealedBlock,
  addressOf,
  blockIdOf,
  headerHash,
  nextBlock,
  timeFromMs,
} from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp, trivialValidator } from '@dujiang/testing/trivial'
import type { AbciApp } from '../../../src/engine/comet/abci/index.ts'
import { type Decided, Blocks } from '../../../src/engine/comet/blocks.ts'
import { CheckTx } from '../../../src/engine/comet/check-tx.ts'
import { CometKeeper } from '../../../src/engine/comet/comet-keeper.ts'
import type { BlockSource } from '../../../src/engine/comet/follower.ts'
import { KnownActs } from '../../../src/engine/comet/known-acts.ts'
import { ledgerApp } from '../../../src/engine/comet/ledger-app.ts'
import { Patience } from '../../../src/engine/comet/patience.ts'
import { Proposals } from '../../../src/engine/comet/proposals.ts'
import { ResponseListSnapshots, ResponseLoadSnapshotChunk } from '../../../src/engine/comet/abci/index.ts'
import { Sealer } from '../../../src/engine/embedded/seal.ts'
import type { Journal } from '../../../src/store/index.ts'
import { openJournal } from '../../../src/store/index.ts'
import { type Verifier, inlineVerifier } from '../../../src/verify/index.ts'
import { Rig } from '../rig.ts'

export const ACTS_MAX = 1_000

/** What stands in for CometBFT: makes headers, signs them alone, and has them when it is asked. */
export class Chain implements BlockSource {
  readonly ledger: Ledger
  readonly sealed: SealedBlock[] = []
  readonly #sealer: Sealer

  constructor(genesisBytes: Uint8Array, app: Application = trivialApp()) {
    this.ledger = new Ledger(app, nodeCrypto, genesisBytes)
    this.#sealer = new Sealer(nodeCrypto, this.ledger.founded, trivialValidator)
  }

  /** Makes the next block, and gives it as it is handed over to be executed. */
  next(txs: readonly Uint8Array[], timeMs: number, evidence: readonly Uint8Array[] = []): Decided {
    const made = this.#make(txs, timeMs, evidence)
    const commit = this.#sealer.seal(made)
    this.ledger.commit(made, commit)
    const { header } = made.block
    this.sealed.push({ header, commit, txs })
    return {
      height: header.height,
      time: header.time,
      hash: headerHash(nodeCrypto.sha256, header),
      proposer: header.proposerAddress,
      txs,
      misbehaviour: [],
    }
  }

  #make(txs: readonly Uint8Array[], timeMs: number, evidence: readonly Uint8Array[]): Made {
    const { ledger } = this
    const proposerAddress = addressOf(nodeCrypto.sha256, trivialValidator.publicKey)
    const tip = { ...ledger.tip, seal: ledger.tip.seal as Seal }
    const block = nextBlock(nodeCrypto, ledger.founded, tip, {
      txs,
      time: timeFromMs(timeMs),
      proposerAddress,
      evidence,
    })
    return { block, blockId: blockIdOf(nodeCrypto.sha256, block), executed: ledger.execute({ timeMs, txs }) }
  }

  async commit(height: number): Promise<{ header: Header; commit: Commit; canonical: boolean }> {
    const sealed = this.sealed[height - 1]
    if (sealed === undefined) throw new Error(`there is no block ${height}`)
    return { header: sealed.header, commit: sealed.commit, canonical: height < this.sealed.length }
  }

  async validators(): Promise<Ledger['tip']['validators']['next']> {
    return this.ledger.tip.validators.next
  }

  async evidence(): Promise<readonly Uint8Array[]> {
    return []
  }
}

export interface NodeOptions {
  readonly app?: Application
  readonly verifier?: Verifier
  /** Of the records, instead of one on the rig's disk. */
  readonly journal?: Journal
}

/** The parts of a node that CometBFT drives, without one. */
export class DrivenNode {
  readonly rig: Rig
  readonly keeper: CometKeeper
  readonly known: KnownActs
  readonly blocks: Blocks
  readonly checkTx: CheckTx
  readonly proposals: Proposals
  /** Parcels that the mempool was said to have still, by nonce. */
  readonly held: Uint8Array[] = []
  /** Ids of acts that came by its own door. */
  readonly own = new Set<string>()
  readonly abci: AbciApp
  readonly #journal: Journal

  private constructor(rig: Rig, keeper: CometKeeper, journal: Journal, verifier: Verifier) {
    this.rig = rig
    this.keeper = keeper
    this.#journal = journal
    this.known = new KnownActs(keeper.ledger, verifier, 10_000)
    this.blocks = new Blocks(keeper, this.known)
    const patience = new Patience(rig.clock)
    this.checkTx = new CheckTx(keeper.ledger, this.known, patience, () => this.nowMs(), {
      has: (id) => this.own.has(id),
      held: (tx) => this.held.push(tx),
    })
    this.proposals = new Proposals(keeper.ledger, this.known, ACTS_MAX)
    this.abci = ledgerApp({
      ledger: keeper.ledger,
      blocks: this.blocks,
      checkTx: this.checkTx,
      patience,
      proposals: this.proposals,
      snapshots: {
        list: () => ResponseListSnapshots.create({}),
        load: () => Promise.resolve(ResponseLoadSnapshotChunk.create({})),
      },
      retainHeight: () => 0,
      peerAllowed: () => true,
    })
  }

  /** Opens it over the rig's disk. */
  static async open(rig: Rig, options: NodeOptions = {}): Promise<DrivenNode> {
    const journal = options.journal ?? (await openJournal(rig.mount(), 'node/journal'))
    const ledger = new Ledger(options.app ?? trivialApp(), nodeCrypto, rig.genesisBytes)
    try {
      const keeper = await CometKeeper.open(ledger, journal)
      return new DrivenNode(rig, keeper, journal, options.verifier ?? inlineVerifier(nodeCrypto))
    } catch (cause) {
      await journal.close()
      throw cause
    }
  }

  get ledger(): Ledger {
    return this.keeper.ledger
  }

  nowMs(): number {
    return Math.max(this.ledger.tip.timeMs + 1, this.rig.clock.nowMs())
  }

  /** Executes a block and makes it part of the ledger. */
  async take(decided: Decided): Promise<void> {
    await this.blocks.execute(decided)
    await this.blocks.commit()
  }

  close(): Promise<void> {
    return this.#journal.close()
  }
}

/** A rig with one node on it and the chain that drives it. */
export async function drivenRig(options: NodeOptions = {}, rig = new Rig()) {
  const node = await DrivenNode.open(rig, options)
  const chain = new Chain(rig.genesisBytes, options.app)
  /** The next block, a second later, through both. */
  const block = async (...txs: Uint8Array[]): Promise<Decided> => {
    await rig.pass(1_000)
    const decided = chain.next(txs, rig.clock.nowMs())
    await node.take(decided)
    return decided
  }
  return { rig, node, chain, block }
}
