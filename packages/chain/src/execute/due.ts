import type { Application, View, Wake } from '../application.ts'
import { dueId } from '../receipt.ts'
import type { Overlay } from '../state/overlay.ts'
import type { Recorder } from './recorder.ts'
import { write } from './write.ts'

const DUE_PREFIX = 'chain/due/'

/** Due times are padded, so that the order of keys is the order in time, then by name, then by key. Rule DUE-3. */
export function dueKey(wake: Wake): string {
  return `${DUE_PREFIX}${String(wake.atMs).padStart(16, '0')}/${wake.name}/${wake.key}`
}

function wakeOfKey(key: string): Wake {
  const [at, name, ...rest] = key.slice(DUE_PREFIX.length).split('/')
  return { atMs: Number(at), name: name as string, key: rest.join('/') }
}

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
