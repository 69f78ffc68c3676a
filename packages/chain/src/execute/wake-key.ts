import type { Wake } from '../application.ts'

export const DUE_PREFIX = 'chain/due/'

/** Due times are padded, so that the order of keys is the order in time, then by name, then by key. Rule DUE-3. */
export function dueKey(wake: Wake): string {
  return `${DUE_PREFIX}${String(wake.atMs).padStart(16, '0')}/${wake.name}/${wake.key}`
}

export function wakeOfKey(key: string): Wake {
  const [at, name, ...rest] = key.slice(DUE_PREFIX.length).split('/')
  return { atMs: Number(at), name: name as string, key: rest.join('/') }
}
