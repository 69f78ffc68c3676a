import type { CometRpc } from '@dujiang/node/engine'
import type { LedgerNode } from '@dujiang/node/service'
import type { Fault } from './faults.ts'
import type { Place } from './founding.ts'

export type Part = 'app' | 'cometbft'

/** What a test asks an engine itself is answered at last, however busy the machine is. */
export const RPC_MS = 60_000

/** A node of the rig: ledger and cometbft over one home, started and ended as often as a test likes. */
export interface Member {
  readonly place: Place
  /** Of its HTTP interface, the same in every life. */
  readonly url: string
  readonly rpc: CometRpc
  /** The ledger itself, where it lives in this process. */
  readonly node: LedgerNode | undefined
  /** Resolves once both have been started; what they have to catch up is to come. */
  start(): Promise<void>
  /** Ends both in order. */
  stop(): Promise<void>
  /** Ends one of the two, or both at once, by a signal. Resolves when they are gone. */
  kill(part: Part | 'both', signal?: NodeJS.Signals): Promise<void>
  /** Lets something befall the ledger's process that runs now, where it has one of its own. */
  befall(fault: Fault): void
  /** Resolves when the process of this part that runs now has ended. */
  untilGone(part: Part): Promise<void>
}
