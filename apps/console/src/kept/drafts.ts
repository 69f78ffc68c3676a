import { databaseOf } from './database.ts'
import { type SealedBytes, openBytes, sealBytes } from './seal-bytes.ts'

/** What somebody has typed and not sent, as this browser keeps it. */
interface KeptDraft {
  /** Ledger, key, and what it is a draft of. */
  readonly name: string
  readonly keptMs: number
  readonly sealed: SealedBytes
}

/** A draft that has been found again. */
export interface FoundDraft {
  readonly value: unknown
  readonly keptMs: number
}

const DRAFTS = 'drafts'
/** What nobody has come back to for so long is dropped. */
const KEPT_FOR_MS = 30 * 86_400_000

const ask = databaseOf('dujiang-drafts', (database) => {
  database.createObjectStore(DRAFTS, { keyPath: 'name' })
})

export async function keepDraft(name: string, value: unknown, personal: CryptoKey): Promise<number> {
  const sealed = await sealBytes(new TextEncoder().encode(JSON.stringify(value)), personal, name)
  const kept: KeptDraft = { name, keptMs: Date.now(), sealed }
  await ask(DRAFTS, 'readwrite', (store) => store.put(kept))
  return kept.keptMs
}

export async function findDraft(name: string, personal: CryptoKey): Promise<FoundDraft | undefined> {
  const kept = await ask<KeptDraft | undefined>(DRAFTS, 'readonly', (store) => store.get(name))
  const bytes = kept && (await openBytes(kept.sealed, personal, name))
  if (kept === undefined || bytes === undefined) return undefined
  return { value: JSON.parse(new TextDecoder().decode(bytes)) as unknown, keptMs: kept.keptMs }
}

export async function dropDraft(name: string): Promise<void> {
  await ask(DRAFTS, 'readwrite', (store) => store.delete(name))
}

/** Drops the drafts that are too old, and those of a key that is forgotten. */
export async function dropDrafts(nowMs: number, key?: string): Promise<void> {
  const all = await ask<KeptDraft[]>(DRAFTS, 'readonly', (store) => store.getAll())
  for (const { name, keptMs } of all) {
    if (nowMs - keptMs > KEPT_FOR_MS || name.split('/')[1] === key) await dropDraft(name)
  }
}
