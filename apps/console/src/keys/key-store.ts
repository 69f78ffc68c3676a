import type { PublicPart } from '@dujiang/client'
import { databaseOf } from '../kept/database.ts'
import { type Sealed, newWrappingKey } from './seal.ts'

/** A key that this browser keeps. */
export interface KeptKey extends PublicPart {
  readonly sealed: Sealed
  readonly keptMs: number
}

const KEYS = 'keys'
const WRAPPING = 'wrapping'

const ask = databaseOf('dujiang-keys', (database) => {
  database.createObjectStore(KEYS, { keyPath: 'key' })
  database.createObjectStore(WRAPPING)
})

/** By organisation, the newest last. */
export async function keptKeys(): Promise<readonly KeptKey[]> {
  const all = await ask<KeptKey[]>(KEYS, 'readonly', (store) => store.getAll())
  return all.sort((a, b) => (a.org < b.org ? -1 : a.org > b.org ? 1 : a.keptMs - b.keptMs))
}

export async function keepKey(key: KeptKey): Promise<void> {
  await ask(KEYS, 'readwrite', (store) => store.put(key))
}

export async function forgetKey(id: string): Promise<void> {
  await ask(KEYS, 'readwrite', (store) => store.delete(id))
}

/** The browser's own key, made when it is first needed. */
export async function wrappingKey(): Promise<CryptoKey> {
  const found = await ask<CryptoKey | undefined>(WRAPPING, 'readonly', (store) => store.get(WRAPPING))
  if (found !== undefined) return found
  const made = await newWrappingKey()
  try {
    await ask(WRAPPING, 'readwrite', (store) => store.add(made, WRAPPING))
    return made
  } catch {
    // Another tab was first: two would open each other's keys no more.
    return ask<CryptoKey>(WRAPPING, 'readonly', (store) => store.get(WRAPPING))
  }
}
