import { Ledger, readGenesis } from '@dujiang/chain'
import {
  AbciDoor,
  Archive,
  CometEngine,
  CometKeeper,
  CometRpc,
  MempoolLine,
  blockSource,
  broadcastTo,
  joinApp,
  snapshotsOf,
} from '../engine/comet/index.ts'
import type { AbciCall, AbciOptions, Answer } from '../engine/comet/abci/index.ts'
import { ReceiptFiles, Receipts } from '../ledger/index.ts'
import type { Clock } from '../seams/index.ts'
import { type Base, SnapshotJoin, SnapshotStore, demandTrueBase, openBase, takeHistory } from '../snapshot/index.ts'
import { IntakeLog, openJournal } from '../store/index.ts'
import { keepGenesis } from './genesis-file.ts'
import type { LedgerNode } from './ledger-node.ts'
import { networkLightBlocks } from './light-blocks.ts'
import { nodeLimits } from './limits.ts'
import type { OpenOptions } from './open-node.ts'
import { Failure, openVerifier, runNode, threadsOf } from './run-node.ts'
import { headersOf } from './snapshot-headers.ts'

export interface NetworkNodeOptions extends Omit<OpenOptions, 'validator'> {
  /** Where the cometbft process finds the ledger. */
  readonly socketPath: string
  /** Where it answers questions about its blocks, on loopback. */
  readonly rpcUrl: string
  /** May this peer connect? Asked with the engine's own path. */
  readonly peerAllowed: (query: string) => Answer<boolean>
  /** About which height this node's keys had signed before this start; 0 for none. */
  readonly signedHeight?: number
  /** Blocks the engine keeps at most for nodes that catch up. */
  readonly blocksKept?: number
  /** A snapshot is taken at heights that are multiples of it, the same on all nodes. */
  readonly snapshotEvery?: number
  /** An empty folder waits for the snapshot of another node instead of beginning with the first block. */
  readonly joinsBySnapshot?: boolean
  /** The ledger that the genesis file says it follows, at its end: asked for where there is no snapshot to begin from. */
  readonly predecessor?: () => Promise<Ledger>
  /** Told of every call of the engine. */
  readonly log?: (call: AbciCall) => void
}

/** A round of voting costs the same for many acts as for few; but a machine that has too much to do is to make blocks still. */
const BLOCK_ACTS_MAX = 3_000
/**
 * Of checks for the mempool, whose answers a commit waits for: with the one that passes it the smallest acts, of 400 bytes, are then checked in
 * a fifth of a second, at 1 500 SM2 signatures a second and thread; and larger ones still fill the batches of a thread.
 */
const UNANSWERED_BYTES_A_THREAD = 64 * 1024
/** An hour at most: what a joining node then still executes takes it minutes. */
const SNAPSHOT_EVERY = 2_000

/**
 * Opens a ledger whose blocks are made by a cometbft process together with those of other organisations. Resolves once that
 * process may be started. Rejects as `openLedgerNode` does. Rules SVC-1 to SVC-5.
 */
export async function openNetworkNode(options: NetworkNodeOptions): Promise<LedgerNode> {
  const { crypto, genesisBytes, dataDir, disk, clock, nodeKey } = options
  const limits = { ...nodeLimits, blockActsMax: BLOCK_ACTS_MAX, ...options.limits }
  readGenesis(crypto.sha256, genesisBytes)
  const opened: { close(): unknown }[] = []
  const keep = <T extends { close(): unknown }>(part: T): T => {
    opened.push(part)
    return part
  }
  try {
    await takeHistory(disk, dataDir)
    const journal = keep(await openJournal(disk, `${dataDir}/journal`, options.journal))
    await keepGenesis(disk, dataDir, genesisBytes, journal.lastIndex > 0)
    const failure = new Failure()
    const door = keep(new AbciDoor(options.socketPath, doorOptions(options, failure)))
    const { ledger, base, onAnswering } = await beginning(options, door, failure, journal.lastIndex > 0)
    const files = keep(await ReceiptFiles.open(disk, `${dataDir}/receipts`))
    const keeper = await CometKeeper.open(ledger, journal, await Receipts.of(ledger, files, limits))
    const seals = keep(await openJournal(disk, `${dataDir}/seals`, options.journal))
    const archive = await Archive.open(seals)
    const log = keep(await IntakeLog.open(disk, `${dataDir}/intake`, options.journal))
    const verifier = keep(openVerifier(options, failure))
    const rpc = keep(new CometRpc(options.rpcUrl))
    const line = keep(new MempoolLine(options.rpcUrl))
    const source = blockSource(rpc)
    const every = options.snapshotEvery ?? SNAPSHOT_EVERY
    const headers = headersOf(keeper, source)
    const store = keep(
      await SnapshotStore.open(disk, `${dataDir}/snapshots`, crypto.sha256, every, headers, (from, to) =>
        keeper.receipts.leaves(from, to),
      ),
    )
    keeper.onCommit(() => store.follow(ledger))
    const lightBlocks = networkLightBlocks(keeper, archive)
    const others = [seals, rpc, line, store, files]
    const parts = { disk, journal, log, keeper, verifier, nodeKey, limits, lightBlocks, others }
    const { node, engine } = runNode(
      parts,
      failure,
      (listener) =>
        new CometEngine(
          {
            keeper,
            archive,
            verifier,
            clock,
            source,
            broadcast: broadcastTo(line),
            peerHeightMax: () => rpc.peerHeightMax(),
            snapshots: snapshotsOf(store, crypto.sha256),
            door,
            demandTrue: async (hash) => base && demandTrueBase(disk, baseDirOf(options), base, hash),
            signedHeight: options.signedHeight ?? 0,
            nonce: noncesFrom(clock),
          },
          {
            blockActsMax: limits.blockActsMax,
            ...(options.blocksKept === undefined ? {} : { blocksKeptMax: options.blocksKept }),
            peerAllowed: options.peerAllowed,
            ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
          },
          listener,
        ),
    )
    await engine.listening()
    onAnswering()
    return node
  } catch (cause) {
    for (const each of opened.reverse()) await each.close()
    throw cause
  }
}

interface Beginning {
  readonly ledger: Ledger
  /** Of a node that has joined by snapshot. */
  readonly base?: Base
  /** To be called once the ledger's own app answers. */
  readonly onAnswering: () => void
}

/** The ledger that the journal goes on from: founded, restored from this node's base, or given by the others now. */
async function beginning(
  options: NetworkNodeOptions,
  door: AbciDoor,
  failure: Failure,
  hasBlocks: boolean,
): Promise<Beginning> {
  const { app, crypto, genesisBytes, disk, joinsBySnapshot, predecessor } = options
  const baseDir = baseDirOf(options)
  const base = await openBase(disk, baseDir, app, crypto, genesisBytes)
  if (base !== undefined) return { ledger: base.ledger, base, onAnswering: () => undefined }
  if (hasBlocks || joinsBySnapshot !== true) {
    const ledger = new Ledger(app, crypto, genesisBytes, await predecessor?.())
    return { ledger, onAnswering: () => undefined }
  }
  return new Promise((resolve, reject) => {
    const join = new SnapshotJoin(disk, baseDir, app, crypto, genesisBytes)
    const onJoined = (joined: Base): Promise<void> =>
      new Promise((answering) => resolve({ ledger: joined.ledger, base: joined, onAnswering: answering }))
    const joining = joinApp({ join, appName: app.name, peerAllowed: options.peerAllowed, onJoined })
    // The engine may ask for what a node that has not joined cannot do.
    failure.reachesTo(reject)
    door.answerBy(joining).catch(reject)
  })
}

const baseDirOf = ({ dataDir }: NetworkNodeOptions): string => `${dataDir}/base`

const doorOptions = ({ log, workers }: NetworkNodeOptions, failure: Failure): AbciOptions => ({
  limits: { unansweredBytesMax: UNANSWERED_BYTES_A_THREAD * threadsOf(workers) },
  onFailure: (cause) => failure.report(cause),
  ...(log === undefined ? {} : { log }),
})

/** From a start that no earlier run of this node has had: an act sent again must not make the same parcel. */
function noncesFrom(clock: Clock): () => bigint {
  let next = BigInt(clock.nowMs()) << 20n
  return () => next++
}
