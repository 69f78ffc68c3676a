import {
  ResponseApplySnapshotChunk_Result as ChunkResult,
  ResponseOfferSnapshot_Result as OfferResult,
} from './abci/index.ts'
import type {
  RequestApplySnapshotChunk,
  RequestLoadSnapshotChunk,
  RequestOfferSnapshot,
  ResponseApplySnapshotChunk,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseOfferSnapshot,
} from './abci/index.ts'

/** Snapshots as the engine offers them to nodes that join, and takes them when this one does. */
export interface Snapshots {
  list(): Promise<ResponseListSnapshots>
  load(request: RequestLoadSnapshotChunk): Promise<ResponseLoadSnapshotChunk>
  offer(request: RequestOfferSnapshot): Promise<ResponseOfferSnapshot>
  apply(request: RequestApplySnapshotChunk): Promise<ResponseApplySnapshotChunk>
}

/** Of a node that makes none and has been founded. */
export const noSnapshots: Snapshots = {
  list: () => Promise.resolve({ snapshots: [] }),
  load: () => Promise.resolve({ chunk: new Uint8Array(0) }),
  offer: () => Promise.resolve({ result: OfferResult.ABORT }),
  apply: () => Promise.resolve({ result: ChunkResult.ABORT, refetchChunks: [], rejectSenders: [] }),
}
