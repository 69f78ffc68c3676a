export type {
  Committed,
  IntakeReceipt,
  LedgerNode,
  NodeStatus,
  NotTaken,
  Outcome,
  Stored,
} from './ledger-node.ts'
export { type NodeLimits, nodeLimits } from './limits.ts'
export { type OpenOptions, openLedgerNode } from './open-node.ts'
export { type NetworkNodeOptions, openNetworkNode } from './open-network-node.ts'
export { eventsOf } from '../ledger/index.ts'
export { promiseHolds } from '../intake/index.ts'
