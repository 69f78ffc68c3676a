import type { PublicPart } from '@dujiang/client'
import { type Sealed, newWrappingKey } from './seal.ts'

/** A key that this browser keeps. */
export interface KeptKey extends PublicPart {
  readonly sealed: Sealed
  readonly keptMs: number
}

const NAME = 'dujiang-keys'
const KEYS = 'keys'
const WRAPPING = 'wrapping'

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

async function ask<T>(
  name: string,
  mode: IDBTransactionMode,
  what: (store: IDBObjectStore) => IDBRequest<T> | IDBRequest,
): Promise<T> {
  const database = await opened()
  try {
    const transaction = database.transaction(name, mode)
    const answer = (await settled(what(transaction.objectStore(name)))) as T
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser has not kept it'))
    })
    return answer
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS, { keyPath: 'key' })
    request.result.createObjectStore(WRAPPING)
  }
  return settled(request)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'))
  })
}
