import { APP_VERSION } from '@dujiang/chain'
import type { Base, SnapshotJoin } from '../../snapshot/index.ts'
import {
  type AbciApp,
  type Answer,
  ResponseApplySnapshotChunk_Result as ChunkResult,
  ResponseOfferSnapshot_Result as OfferResult,
  ResponseInfo,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseQuery,
} from './abci/index.ts'

export interface JoinAppParts {
  readonly join: SnapshotJoin
  readonly appName: string
  readonly peerAllowed: (query: string) => Answer<boolean>
  /** The ledger has been restored and is durable as the base; resolves once somebody else answers in this app's place. */
  readonly onJoined: (base: Base) => Promise<void>
}

/** Answers for a node that has no ledger yet and is given one by the others. Rule CMT-17. */
export function joinApp({ join, appName, peerAllowed, onJoined }: JoinAppParts): AbciApp {
  return {
    info: () => ResponseInfo.create({ data: appName, version: String(APP_VERSION), appVersion: BigInt(APP_VERSION) }),
    query: async ({ path }) => ResponseQuery.create({ code: (await peerAllowed(path)) ? 0 : 1 }),
    listSnapshots: () => ResponseListSnapshots.create({}),
    loadSnapshotChunk: () => ResponseLoadSnapshotChunk.create({}),

    async offerSnapshot({ snapshot, appHash }) {
      if (snapshot === undefined) return { result: OfferResult.REJECT }
      const { height, format, chunks, hash, metadata } = snapshot
      const offered = { height: Number(height), format, chunks, hash: hash.slice(), metadata: metadata.slice() }
      return { result: offerResults[await join.offer(offered, appHash)] }
    },

    async applySnapshotChunk({ index, chunk, sender }) {
      const { result, refetch, rejectSenders } = await join.apply(index, chunk.slice(), sender)
      if (join.base !== undefined) await onJoined(join.base)
      return { result: chunkResults[result], refetchChunks: [...refetch], rejectSenders: [...rejectSenders] }
    },

    initChain: never,
    prepareProposal: never,
    processProposal: never,
    extendVote: never,
    verifyVoteExtension: never,
    finalizeBlock: never,
    commit: never,
    checkTx: never,
  }
}

/** To begin with the first block would be another way of joining than the one that was asked for. */
function never(): never {
  throw new Error(
    'this node joins by snapshot, and its engine has not found one (see statesync in its settings), or goes on from one that is no longer here (then empty both folders)',
  )
}

const offerResults = {
  accept: OfferResult.ACCEPT,
  reject: OfferResult.REJECT,
  rejectFormat: OfferResult.REJECT_FORMAT,
} as const

const chunkResults = {
  accept: ChunkResult.ACCEPT,
  retry: ChunkResult.RETRY,
  rejectSnapshot: ChunkResult.REJECT_SNAPSHOT,
  abort: ChunkResult.ABORT,
} as const
