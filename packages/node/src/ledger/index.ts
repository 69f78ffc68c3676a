export { LedgerKeeper, type NewBlock } from './keeper.ts'
export { proveReceipt } from './proof.ts'
export { readRecord, writeRecord } from './record.ts'
