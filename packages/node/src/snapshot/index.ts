export { openBase } from './base.ts'
export type { SnapshotFile } from './file.ts'
export { type ChunkAnswer, type OfferAnswer, type Offered, SnapshotJoin } from './join.ts'
export { SnapshotStore } from './store.ts'
