import type { Application, View } from '../application.ts'
import type { Overlay } from '../state/overlay.ts'
import { minuteOf } from '../state/seen.ts'

type Usage = { readonly minute: number; readonly acts: number }

const quotaKey = (org: string): string => `chain/quota/${org}`

/** Counts one act of `org` in this minute of block time, unless its quota is used up. Rule QUOTA-1. */
export function withinQuota(app: Application, overlay: Overlay, org: string): boolean {
  const acts = actsThisMinute(overlay, org)
  if (acts >= app.actsPerMinuteMax(overlay, org)) return false
  overlay.put(quotaKey(org), { minute: minuteOf(overlay.timeMs), acts: acts + 1 })
  return true
}

/** How many more acts of `org` may be executed in the minute of the view's time; not negative. Rule QUOTA-1. */
export function quotaLeft(app: Application, view: View, org: string): number {
  return Math.max(0, app.actsPerMinuteMax(view, org) - actsThisMinute(view, org))
}

function actsThisMinute(view: View, org: string): number {
  const usage = view.get(quotaKey(org)) as Usage | undefined
  return usage !== undefined && usage.minute === minuteOf(view.timeMs) ? usage.acts : 0
}
