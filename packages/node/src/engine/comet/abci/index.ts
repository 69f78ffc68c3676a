export type { AbciApp, Answer } from './app.ts'
export type { AbciCall, AbciMethod } from './dispatch.ts'
export { type AbciLimits, abciLimits } from './limits.ts'
export { type AbciOptions, type AbciServer, serveAbci } from './server.ts'
export { FrameReader } from './frame.ts'
export { Timestamp } from './generated/google/protobuf/timestamp.ts'
export {
  CheckTxType,
  type CommitInfo,
  Event,
  ExecTxResult,
  type Misbehavior,
  MisbehaviorType,
  Request,
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
  Response,
  ResponseApplySnapshotChunk,
  ResponseApplySnapshotChunk_Result,
  ResponseCheckTx,
  ResponseCommit,
  ResponseExtendVote,
  ResponseFinalizeBlock,
  ResponseInfo,
  ResponseInitChain,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseOfferSnapshot,
  ResponseOfferSnapshot_Result,
  ResponsePrepareProposal,
  ResponseProcessProposal,
  ResponseProcessProposal_ProposalStatus,
  ResponseQuery,
  ResponseVerifyVoteExtension,
  ResponseVerifyVoteExtension_VerifyStatus,
  Snapshot,
  ValidatorUpdate,
  type VoteInfo,
} from './generated/tendermint/abci/types.ts'
export { PublicKey } from './generated/tendermint/crypto/keys.ts'
export { ConsensusParams } from './generated/tendermint/types/params.ts'
export { BlockIDFlag } from './generated/tendermint/types/validator.ts'
