export { type Base, demandTrueBase, openBase } from './base.ts'
export { historyDir, removeFolder, takeHistory } from './history.ts'
export { type ChunkAnswer, type Offered, SnapshotJoin } from './join.ts'
export { type HeadersOf, SnapshotStore } from './store.ts'
