export { type Database, type Place, type Queries, type Row, type Value, openDatabase } from './database/database.ts'
export type { FedTexts, Feed, StateRows } from './follow/feed.ts'
export { Projector, tablesOf } from './follow/projector.ts'
