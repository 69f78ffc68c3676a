export type { Engine, EngineListener, Stall } from './engine.ts'
export { EmbeddedEngine, type EmbeddedLimits } from './embedded/engine.ts'
export { Sealer } from './embedded/seal.ts'
export { CometRpc } from './comet/rpc.ts'
