import { concatBytes } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { headersOf, trivialApp } from '@dujiang/testing/trivial'
import {
  type Application,
  HeldLedger,
  Ledger,
  SNAPSHOT_CHUNK_BYTES,
  type SnapshotManifest,
  SnapshotReader,
  readManifest,
  writeManifest,
} from '../../src/index.ts'

/** A snapshot as it lies in files. */
export interface Taken {
  readonly manifest: Uint8Array
  readonly chunks: readonly Uint8Array[]
}

/** Takes a snapshot; `meanwhile` happens at each of its pauses. */
export function takeSnapshot(
  ledger: Ledger,
  meanwhile: () => void = () => undefined,
  leavesOf?: (from: number, to: number) => Uint8Array | undefined,
): Taken {
  const headers = headersOf(ledger)
  const held = new HeldLedger(ledger)
  const chunks: Uint8Array[] = []
  for (const chunk of held.chunks(leavesOf)) {
    if (chunk === undefined) meanwhile()
    else chunks.push(chunk.slice())
  }
  const manifest = writeManifest(held.manifest(headers))
  held.release()
  return { manifest, chunks }
}

/** Reads it as a snapshot of the state that `trusted` is at; text is why it is refused. */
export function restoreSnapshot(
  genesisBytes: Uint8Array,
  { manifest, chunks }: Taken,
  trusted: { readonly height: number; readonly appHash: Uint8Array },
  app: Application = trivialApp(),
): Ledger | string {
  const reader = SnapshotReader.begin(app, nodeCrypto, genesisBytes, manifest, trusted)
  if (typeof reader === 'string') return reader
  for (const chunk of chunks) {
    const fault = reader.add(chunk)
    if (fault !== undefined) return `${fault.kind}: ${fault.reason}`
  }
  return reader.ledger ?? 'chunks are missing'
}

/** The same manifest over other bytes, as a liar would make it: the hashes of the chunks are right. */
export function remade({ manifest, chunks }: Taken, change: (bytes: Uint8Array) => Uint8Array): Taken {
  const before = readManifest(manifest)
  if (typeof before === 'string') throw new Error(before)
  const bytes = change(concatBytes(...chunks))
  const cut: Uint8Array[] = []
  for (let from = 0; from < bytes.length; from += SNAPSHOT_CHUNK_BYTES) {
    cut.push(bytes.subarray(from, from + SNAPSHOT_CHUNK_BYTES))
  }
  return {
    manifest: writeManifest({ ...before, bytes: bytes.length, chunks: cut.map(nodeCrypto.sha256) }),
    chunks: cut,
  }
}

/** The same chunks under a manifest that says something else. */
export function restated(taken: Taken, change: Partial<SnapshotManifest>): Taken {
  const before = readManifest(taken.manifest)
  if (typeof before === 'string') throw new Error(before)
  return { ...taken, manifest: writeManifest({ ...before, ...change }) }
}
