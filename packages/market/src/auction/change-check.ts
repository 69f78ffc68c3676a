import type { Refusal, View } from '@dujiang/chain'
import type { Postponement, SessionChange } from './change-fields.ts'
import { GATE_AFTER_MS_MAX } from './bounds.ts'
import { auctionRefusals } from './refusals.ts'
import type { Session } from './tables.ts'

const { refuse } = auctionRefusals

type Now = Pick<View, 'timeMs'>

/**
 * Why a session as it stands cannot be changed so. Refusals, in order: tooLateToChange; of a postponement postponeOpened,
 * postponeEarlier, noticeTimes, gateTooFar, noticeDelivery, postponeNothing.
 */
export function changeRefusal(now: Now, session: string, row: Session, change: SessionChange): Refusal | undefined {
  if (change.kind === 'postpone') return postponeRefusal(now, session, row, change)
  const { status } = row
  return status === 'published' || status === 'voided' ? refuse.tooLateToChange({ session, status }) : undefined
}

function postponeRefusal({ timeMs }: Now, session: string, row: Session, to: Postponement): Refusal | undefined {
  if (row.status !== 'announced') return refuse.tooLateToChange({ session, status: row.status })
  const same = (['opensMs', 'deliveryFrom', 'deliveryTo'] as const).every((field) => to[field] === row[field])
  // Who has bid has bid for this delivery, within limits that are fixed.
  if (timeMs >= row.opensMs && !same) return refuse.postponeOpened({ session, opensMs: row.opensMs })
  for (const field of ['opensMs', 'gateMs', 'deliveryFrom'] as const) {
    if (to[field] < row[field]) return refuse.postponeEarlier({ field, given: to[field], notBefore: row[field] })
  }
  if (to.opensMs >= to.gateMs) return refuse.noticeTimes({ timeMs, opensMs: to.opensMs, gateMs: to.gateMs })
  const latestMs = timeMs + GATE_AFTER_MS_MAX
  if (to.gateMs > latestMs) return refuse.gateTooFar({ gateMs: to.gateMs, latestMs })
  if (to.deliveryFrom > to.deliveryTo) return refuse.noticeDelivery({ from: to.deliveryFrom, to: to.deliveryTo })
  return same && to.gateMs === row.gateMs ? refuse.postponeNothing({ session }) : undefined
}
