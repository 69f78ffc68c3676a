import type {
  RequestApplySnapshotChunk,
  RequestCheckTx,
  RequestCommit,
  RequestExtendVote,
  RequestFinalizeBlock,
  RequestInfo,
  RequestInitChain,
  RequestListSnapshots,
  RequestLoadSnapshotChunk,
  RequestOfferSnapshot,
  RequestPrepareProposal,
  RequestProcessProposal,
  RequestQuery,
  RequestVerifyVoteExtension,
  ResponseApplySnapshotChunk,
  ResponseCheckTx,
  ResponseCommit,
  ResponseExtendVote,
  ResponseFinalizeBlock,
  ResponseInfo,
  ResponseInitChain,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseOfferSnapshot,
  ResponsePrepareProposal,
  ResponseProcessProposal,
  ResponseQuery,
  ResponseVerifyVoteExtension,
} from './generated/tendermint/abci/types.ts'

/** An answer at hand costs no turn of the event loop; one that needs waiting is a promise. */
export type Answer<T> = T | Promise<T>

/**
 * What CometBFT asks of a state machine (ABCI 2.0); echo and flush are the server's. Calls of the first group come one
 * after another, each only once the answer before it is there (ABCI-7); the others may come at any time between them,
 * also while such an answer is awaited. To throw or reject is a defect and ends the server (ABCI-9): a transaction or a
 * proposal that is not wanted is refused in the answer.
 *
 * Bytes in a request are views of what the socket read: who keeps a few of them for long copies them.
 */
export interface AbciApp {
  /** The last height that was committed and its app hash, exactly as they would be read after a crash. */
  info(request: RequestInfo): Answer<ResponseInfo>
  initChain(request: RequestInitChain): Answer<ResponseInitChain>
  prepareProposal(request: RequestPrepareProposal): Answer<ResponsePrepareProposal>
  processProposal(request: RequestProcessProposal): Answer<ResponseProcessProposal>
  extendVote(request: RequestExtendVote): Answer<ResponseExtendVote>
  verifyVoteExtension(request: RequestVerifyVoteExtension): Answer<ResponseVerifyVoteExtension>
  finalizeBlock(request: RequestFinalizeBlock): Answer<ResponseFinalizeBlock>
  commit(request: RequestCommit): Answer<ResponseCommit>
  offerSnapshot(request: RequestOfferSnapshot): Answer<ResponseOfferSnapshot>
  applySnapshotChunk(request: RequestApplySnapshotChunk): Answer<ResponseApplySnapshotChunk>

  checkTx(request: RequestCheckTx): Answer<ResponseCheckTx>
  query(request: RequestQuery): Answer<ResponseQuery>
  listSnapshots(request: RequestListSnapshots): Answer<ResponseListSnapshots>
  loadSnapshotChunk(request: RequestLoadSnapshotChunk): Answer<ResponseLoadSnapshotChunk>
}
