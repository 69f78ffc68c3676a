export * from './admission.ts'
export * from './admission-refusals.ts'
export * from './application.ts'
export * from './comet/index.ts'
export * from './defect.ts'
export * from './envelope.ts'
export { type BlockInput, type Executed, type TxOutcome, commitBlock, executeBlock } from './execute/block.ts'
export { nextWake } from './execute/due.ts'
export { Quotas } from './execute/quota.ts'
export { SEQUENCE_NOT_HIGHER, lastSequence } from './execute/sequence.ts'
export * from './genesis.ts'
export * from './lists.ts'
export * from './receipt.ts'
export { CommittedView } from './state/overlay.ts'
export { appHashFrom } from './state/app-hash.ts'
export { seenKey } from './state/seen.ts'
export { seenRow } from './state/seen-row.ts'
export { type State, emptyState } from './state/state.ts'
export * from './ledger/audit.ts'
export * from './ledger/checkpoint.ts'
export {
  PROOF_LIMITS,
  type SignedHeader,
  type TrustedKey,
  type Unverified,
  VERIFY_STEPS,
  type VerifyStep,
  readProofHeader,
  signedHeaderFromJson,
  signedHeaderToJson,
  verifySignedHeader,
} from './ledger/header-proof.ts'
export * from './ledger/ledger.ts'
export * from './ledger/params.ts'
export * from './ledger/prove.ts'
export * from './ledger/receipt-proof.ts'
export * from './ledger/sealed-block.ts'
export { type SignedAct, signedAct } from './ledger/signed-act.ts'
export * from './ledger/snapshot.ts'
export {
  MANIFEST_BYTES_MAX,
  SNAPSHOT_CHUNK_BYTES,
  SNAPSHOT_FORMAT,
  type SnapshotManifest,
  readManifest,
  writeManifest,
} from './ledger/snapshot-manifest.ts'
export { type TipHeaders, tipFault } from './ledger/snapshot-tip.ts'
export { HeldLedger } from './ledger/snapshot-write.ts'
export * from './ledger/state-proof.ts'
export * from './ledger/tip.ts'
export { type Tried, type Wanted, tryOut, tryOutSigned } from './ledger/try-out.ts'
export { TRUST_PATH_MAX, trustPath } from './ledger/trust-path.ts'
