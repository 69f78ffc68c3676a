import { wrappingKey } from '../keys/key-store.ts'
import { canSeal } from '../keys/seal.ts'
import { databaseOf } from './database.ts'
import { type SealedBytes, openBytes, sealBytes } from './seal-bytes.ts'

/** An act that was signed here and of which no receipt has been seen yet. */
export interface UnderWay {
  readonly id: string
  /** Which form it came from. */
  readonly about: string
  readonly bytes: Uint8Array
}

interface KeptAct {
  readonly id: string
  readonly keptMs: number
  readonly about: SealedBytes
  readonly bytes: SealedBytes
}

const ACTS = 'acts'
/** No act lives longer. */
const KEPT_FOR_MS = 7 * 86_400_000

const ask = databaseOf('dujiang-acts', (database) => {
  database.createObjectStore(ACTS, { keyPath: 'id' })
})

/**
 * Keeps an act before it leaves the browser. It is sealed by the browser's own key alone: after a crash just before a gate it has
 * to go out again at once, and not when its signer has come back with a passphrase. Nobody can change it, and it is kept for the
 * seconds that it is under way. Where the browser keeps nothing it is sent all the same.
 */
export async function keepAct({ id, about, bytes }: UnderWay): Promise<void> {
  await orNothing(async () => {
    const key = await wrappingKey()
    const aboutBytes = new TextEncoder().encode(about)
    const kept: KeptAct = {
      id,
      keptMs: Date.now(),
      about: await sealBytes(aboutBytes, key, id),
      bytes: await sealBytes(bytes, key, id),
    }
    await ask(ACTS, 'readwrite', (store) => store.put(kept))
  })
}

export async function dropAct(id: string): Promise<void> {
  await orNothing(async () => {
    await ask(ACTS, 'readwrite', (store) => store.delete(id))
  })
}

/** The act, if no receipt of it has been seen meanwhile, by another tab either. */
export async function isKept(id: string): Promise<boolean> {
  return (await orNothing(() => ask<number>(ACTS, 'readonly', (store) => store.count(id)))) === 1
}

/** In the order in which they were signed. */
export async function actsUnderWay(): Promise<readonly UnderWay[]> {
  const found = await orNothing(async () => {
    const all = await ask<KeptAct[]>(ACTS, 'readonly', (store) => store.getAll())
    if (all.length === 0) return []
    const key = await wrappingKey()
    const acts: UnderWay[] = []
    for (const kept of [...all].sort((a, b) => a.keptMs - b.keptMs)) {
      const about = await openBytes(kept.about, key, kept.id)
      const bytes = await openBytes(kept.bytes, key, kept.id)
      const isOver = about === undefined || bytes === undefined || Date.now() - kept.keptMs > KEPT_FOR_MS
      if (isOver) await dropAct(kept.id)
      else acts.push({ id: kept.id, about: new TextDecoder().decode(about), bytes })
    }
    return acts
  })
  return found ?? []
}

/** A browser in which nothing can be kept, or only in the clear, is one in which nothing is. */
async function orNothing<T>(work: () => Promise<T>): Promise<T | undefined> {
  if (!canSeal()) return undefined
  return work().catch(() => undefined)
}
