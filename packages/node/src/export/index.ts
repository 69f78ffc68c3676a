export { type AuditOptions, type AuditReport, type Bad, auditExport } from './audit-export.ts'
export { type Copied, copyLedger } from './copy-ledger.ts'
export { type ExportOptions, type Exported, NothingToExport, exportChain } from './export-chain.ts'
export { storedLedger } from './stored-ledger.ts'
