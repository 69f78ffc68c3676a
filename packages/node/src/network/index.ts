export {
  type Cometbft,
  CometbftMissing,
  type CometbftVersion,
  COMETBFT_VERSIONS,
  findCometbft,
  lookForCometbft,
  versionOf,
} from './binary.ts'
export { type Exit, exitText, onSupervisorGone } from './child.ts'
export { cometGenesis } from './comet-genesis.ts'
export { ConfigRefused, type Settings } from './config.ts'
export { emptyHome, type EmptyOptions, PromisesOpen } from './empty-home.ts'
export { keepsFirstBlock } from './first-block.ts'
export { findGoProgram, type GoProgram, installCommand, installGoProgram } from './go-program.ts'
export { doorKey, type HomeNodeOptions, openHomeNode } from './home-node.ts'
export {
  changePeers,
  changeSettings,
  checkHome,
  type Home,
  homePaths,
  type HomePlan,
  layOutHome,
  readHome,
  readSettings,
} from './home.ts'
export { nodeIdOf, nodeIdOfSecret } from './keys.ts'
export { isRunning, type Noted, notedEngine, sendSignal } from './leftovers.ts'
export { nodeCommand } from './node-command.ts'
export { Pair, type PairState } from './pair.ts'
export { defaultPairLimits, type Member, type PairLimits, type PairOptions } from './pair-options.ts'
export { hostPort, type Peer, peerAllowed, readPeers } from './peers.ts'
export type { Ports } from './settings.ts'
export { type Asked, type Compared, type NetworkStand, networkStand, nodesAgree, type NodeStand } from './status.ts'
export { pairMetrics, supervise } from './supervisor.ts'
export type { Alarm } from './watch.ts'
