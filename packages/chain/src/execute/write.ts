import type { Effect } from '../application.ts'
import { Defect } from '../defect.ts'
import type { Event } from '../receipt.ts'
import type { Overlay } from '../state/overlay.ts'
import { forgetStream } from './sequence.ts'
import { dueKey } from './wake-key.ts'

/** Rows under this prefix are the chain's own. */
const CHAIN_PREFIX = 'chain/'

/**
 * The one writer: applies what has been decided, and gives its events. `afterMs` is the time of what decided it, which a
 * wake must be later than. Rules WRITE-1 and WAKE-1.
 */
export function write(overlay: Overlay, effects: readonly Effect[], afterMs: number): Event[] {
  const events: Event[] = []
  for (const effect of effects) {
    switch (effect.kind) {
      case 'put':
        demandOutsideChain(effect.key)
        overlay.put(effect.key, effect.value)
        break
      case 'drop':
        demandOutsideChain(effect.key)
        overlay.drop(effect.key)
        break
      case 'event':
        events.push({ name: effect.name, data: effect.data })
        break
      case 'wake': {
        const { atMs, name } = effect.wake
        if (!Number.isSafeInteger(atMs) || atMs <= afterMs || name.includes('/')) {
          throw new Defect('WAKE-1', `${name} was to fall due at ${atMs}, not after ${afterMs}`)
        }
        overlay.put(dueKey(effect.wake), true)
        break
      }
      case 'cancelWake':
        overlay.drop(dueKey(effect.wake))
        break
      case 'forgetStream':
        forgetStream(overlay, effect.stream)
        break
    }
  }
  return events
}

export function demandOutsideChain(key: string): void {
  if (key.startsWith(CHAIN_PREFIX)) throw new Defect('WRITE-1', `the Application writes ${key}`)
}
