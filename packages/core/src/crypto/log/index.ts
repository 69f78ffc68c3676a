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
export { GROUP_LEAVES, type LeafGroup } from './leaf-group.ts'
export { groupOf, LogTree, type Reminded } from './tree.ts'
export { type LogHead, verifyConsistency, verifyInclusion } from './verify.ts'
