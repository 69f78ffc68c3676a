import type { View, Wake } from '../application.ts'

export const DUE_PREFIX = 'chain/due/'

/** Due times are padded, so that the order of keys is the order in time, then by name, then by key. */
export function dueKey(wake: Wake): string {
  return `${DUE_PREFIX}${String(wake.atMs).padStart(16, '0')}/${wake.name}/${wake.key}`
}

export function wakeOfKey(key: string): Wake {
  const [at, name, ...rest] = key.slice(DUE_PREFIX.length).split('/')
  return { atMs: Number(at), name: name as string, key: rest.join('/') }
}

/** The next thing to fall due, or undefined. */
export function nextWake(view: View): Wake | undefined {
  for (const [key] of view.scan(DUE_PREFIX)) return wakeOfKey(key)
  return undefined
}

/** Everything due at or before the block's time, in order. */
export function wakesDue(view: View): Wake[] {
  const due: Wake[] = []
  for (const [key] of view.scan(DUE_PREFIX)) {
    const wake = wakeOfKey(key)
    if (wake.atMs > view.timeMs) break
    due.push(wake)
  }
  return due
}
