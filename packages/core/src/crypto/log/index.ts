export {
  append,
  emptyFrontier,
  type Frontier,
  type FrontierJson,
  frontierFromJson,
  frontierToJson,
  merkleRoot,
  rootOf,
} from './frontier.ts'
export { emptyLogRoot, leafHash, nodeHash } from './hashes.ts'
export { LogTree } from './tree.ts'
export { type LogHead, verifyConsistency, verifyInclusion } from './verify.ts'
