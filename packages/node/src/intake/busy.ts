import type { NotTaken } from '../service/ledger-node.ts'

/**
 * When the same bytes may come again. A leapt clock is somebody's work; what a starting node lacks, and block time that is behind,
 * come with the next block, and another node is there at once.
 */
const RETRY_SECONDS = {
  queueFull: 1,
  stopping: 5,
  clockLeapt: 10,
  catchingUp: 1,
  blockTimeBehind: 1,
  outcomeNotHeld: 1,
} as const

export function busy(reason: keyof typeof RETRY_SECONDS, id?: string): NotTaken {
  return { kind: 'busy', reason, retryAfterSeconds: RETRY_SECONDS[reason], ...(id === undefined ? {} : { id }) }
}
