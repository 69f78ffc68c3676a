import { Ledger, type LightBlock } from '@dujiang/chain'
import { noSnapshots } from '../engine/comet/snapshots.ts'
import { Archive, CometEngine, CometKeeper, CometRpc, blockSource, broadcastTo } from '../engine/comet/index.ts'
import type { AbciCall, Answer } from '../engine/comet/abci/index.ts'
import type { Clock } from '../seams/index.ts'
import { IntakeLog, openJournal } from '../store/index.ts'
import { keepGenesis } from './genesis-file.ts'
import type { LedgerNode } from './ledger-node.ts'
import { nodeLimits } from './limits.ts'
import type { OpenOptions } from './open-node.ts'
import { Failure, openVerifier, runNode } from './run-node.ts'

export interface NetworkNodeOptions extends Omit<OpenOptions, 'validator'> {
  /** Where the cometbft process finds the ledger. */
  readonly socketPath: string
  /** Where it answers questions about its blocks, on loopback. */
  readonly rpcUrl: string
  /** May this peer connect? Asked with the engine's own path. */
  readonly peerAllowed: (query: string) => Answer<boolean>
  /** Blocks the engine keeps for nodes that catch up. */
  readonly blocksKept?: number
  /** Told of every call of the engine. */
  readonly log?: (call: AbciCall) => void
}

/** About two days of heartbeats. */
const BLOCKS_KEPT = 120_000

/**
 * Opens a ledger whose blocks are made by a cometbft process together with those of other organisations. Resolves once that
 * process may be started. Rejects as `openLedgerNode` does. Rules SVC-1 to SVC-5.
 */
export async function openNetworkNode(options: NetworkNodeOptions): Promise<LedgerNode> {
  const { app, crypto, genesisBytes, dataDir, disk, clock, nodeKey } = options
  const limits = { ...nodeLimits, ...options.limits }
  const ledger = new Ledger(app, crypto, genesisBytes)
  const opened: { close(): unknown }[] = []
  const keep = <T extends { close(): unknown }>(part: T): T => {
    opened.push(part)
    return part
  }
  try {
    const journal = keep(await openJournal(disk, `${dataDir}/journal`, options.journal))
    await keepGenesis(disk, dataDir, genesisBytes, journal.lastIndex > 0)
    const keeper = await CometKeeper.open(ledger, journal)
    const seals = keep(await openJournal(disk, `${dataDir}/seals`, options.journal))
    const archive = await Archive.open(seals)
    const log = keep(await IntakeLog.open(disk, `${dataDir}/intake`, options.journal))
    const failure = new Failure()
    const verifier = keep(openVerifier(options, failure))
    const rpc = new CometRpc(options.rpcUrl)
    keep(rpc)
    const source = blockSource(rpc)
    const lightBlocks = async (height = ledger.head?.header.height ?? 0): Promise<LightBlock | undefined> => {
      const validators = keeper.seats.at(height)
      const seal = height > ledger.tip.height || height < 1 ? undefined : await keeper.seals(height)
      return seal && validators && { header: seal.header, commit: seal.commit, validators }
    }
    const parts = { disk, journal, log, keeper, verifier, nodeKey, limits, lightBlocks, others: [seals, rpc] }
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
            broadcast: broadcastTo(rpc),
            snapshots: noSnapshots,
            nonce: noncesFrom(clock),
          },
          {
            socketPath: options.socketPath,
            blockActsMax: limits.blockActsMax,
            blocksKept: options.blocksKept ?? BLOCKS_KEPT,
            peerAllowed: options.peerAllowed,
            ...(options.log === undefined ? {} : { log: options.log }),
            ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
          },
          listener,
        ),
    )
    await engine.listening()
    return node
  } catch (cause) {
    for (const each of opened.reverse()) await each.close()
    throw cause
  }
}

/** From a start that no earlier run of this node has had: an act sent again must not make the same parcel. */
function noncesFrom(clock: Clock): () => bigint {
  let next = BigInt(clock.nowMs()) << 20n
  return () => next++
}
