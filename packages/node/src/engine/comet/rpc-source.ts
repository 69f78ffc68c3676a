import type { BlockSource } from './follower.ts'
import type { MempoolLine } from './mempool-line.ts'
import type { Broadcast } from './relay.ts'
import { rawEvidence } from './rpc/evidence.ts'
import type { CometRpc } from './rpc.ts'

/** The cometbft process beside this one, as the follower asks it. */
export const blockSource = (rpc: CometRpc): BlockSource => ({
  commit: (height) => rpc.commit(height),
  validators: (height) => rpc.validators(height),
  evidence: async (height) => (await rpc.block(height)).evidence.map(rawEvidence),
})

/** The same, as the relay hands parcels to it: what it knows already it has taken. */
export const broadcastTo =
  (line: MempoolLine): Broadcast =>
  async (tx) =>
    (await line.send(tx)).outcome === 'full' ? 'full' : 'taken'
