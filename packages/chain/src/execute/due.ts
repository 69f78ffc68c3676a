import type { Application, View, Wake } from '../application.ts'
import { dueId } from '../receipt.ts'
import type { Overlay } from '../state/overlay.ts'
import type { Recorder } from './recorder.ts'
import { DUE_PREFIX, wakeOfKey } from './wake-key.ts'
import { write } from './write.ts'

/** The next thing to fall due, or undefined. */
export function nextWake(view: View): Wake | undefined {
  for (const [key] of view.scan(DUE_PREFIX)) return wakeOfKey(key)
  return undefined
}

/**
 * Does all that a block's time has reached, in order. What falls due may cancel what comes after it, and set what is
 * later than itself: if that is due already, it takes its place in the order. Rules DUE-1 to DUE-5.
 */
export function fallAllDue(app: Application, overlay: Overlay, recorder: Recorder): void {
  let due = dueKeys(overlay)
  for (let next = 0; next < due.length; next++) {
    const key = due[next] as string
    if (overlay.get(key) === undefined) continue
    overlay.drop(key)
    const wake = wakeOfKey(key)
    const effects = app.fallDue(overlay, wake)
    const events = write(overlay, effects, wake.atMs)
    recorder.keep({ act: wake.name, code: 0, id: dueId(overlay.sha256, wake), kind: 'due' }, events)
    if (effects.some((effect) => effect.kind === 'wake' && effect.wake.atMs <= overlay.timeMs)) {
      due = dueKeys(overlay)
      next = -1
    }
  }
}

function dueKeys(view: View): string[] {
  const due: string[] = []
  for (const [key] of view.scan(DUE_PREFIX)) {
    if (wakeOfKey(key).atMs > view.timeMs) break
    due.push(key)
  }
  return due
}
