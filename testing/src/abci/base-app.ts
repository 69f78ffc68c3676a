import {
  type AbciApp,
  type Answer,
  type RequestCheckTx,
  type RequestFinalizeBlock,
  type RequestInfo,
  type RequestInitChain,
  type RequestPrepareProposal,
  type RequestProcessProposal,
  type RequestQuery,
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
  ResponseProcessProposal_ProposalStatus as ProposalStatus,
  ResponseQuery,
  ResponseVerifyVoteExtension,
  ResponseVerifyVoteExtension_VerifyStatus as VerifyStatus,
} from '@dujiang/node/abci'

/** An app that takes everything and knows nothing, for those that differ from it in a few calls. */
export class BaseApp implements AbciApp {
  info(_request: RequestInfo): Answer<ResponseInfo> {
    return ResponseInfo.create()
  }

  initChain(_request: RequestInitChain): Answer<ResponseInitChain> {
    return ResponseInitChain.create()
  }

  query(_request: RequestQuery): Answer<ResponseQuery> {
    return ResponseQuery.create()
  }

  checkTx(_request: RequestCheckTx): Answer<ResponseCheckTx> {
    return ResponseCheckTx.create()
  }

  prepareProposal({ txs }: RequestPrepareProposal): Answer<ResponsePrepareProposal> {
    return { txs }
  }

  processProposal(_request: RequestProcessProposal): Answer<ResponseProcessProposal> {
    return { status: ProposalStatus.ACCEPT }
  }

  finalizeBlock({ txs }: RequestFinalizeBlock): Answer<ResponseFinalizeBlock> {
    return ResponseFinalizeBlock.create({ txResults: txs.map(() => ({})) })
  }

  commit(): Answer<ResponseCommit> {
    return ResponseCommit.create()
  }

  extendVote(): ResponseExtendVote {
    return ResponseExtendVote.create()
  }

  verifyVoteExtension(): ResponseVerifyVoteExtension {
    return { status: VerifyStatus.ACCEPT }
  }

  listSnapshots(): ResponseListSnapshots {
    return ResponseListSnapshots.create()
  }

  offerSnapshot(): ResponseOfferSnapshot {
    return ResponseOfferSnapshot.create()
  }

  loadSnapshotChunk(): ResponseLoadSnapshotChunk {
    return ResponseLoadSnapshotChunk.create()
  }

  applySnapshotChunk(): ResponseApplySnapshotChunk {
    return ResponseApplySnapshotChunk.create()
  }
}
