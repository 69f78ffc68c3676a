import type { Application } from '../application.ts'
import type { Overlay } from '../state/overlay.ts'
import { minuteOf } from '../state/seen.ts'

type Usage = { readonly minute: number; readonly acts: number }

const quotaKey = (org: string): string => `chain/quota/${org}`

/** Counts one act of `org` in this minute of block time, unless its quota is used up. Rule QUOTA-1. */
export function withinQuota(app: Application, overlay: Overlay, org: string): boolean {
  const minute = minuteOf(overlay.timeMs)
  const usage = overlay.get(quotaKey(org)) as Usage | undefined
  const acts = usage !== undefined && usage.minute === minute ? usage.acts : 0
  if (acts >= app.actsPerMinuteMax(overlay, org)) return false
  overlay.put(quotaKey(org), { minute, acts: acts + 1 })
  return true
}
