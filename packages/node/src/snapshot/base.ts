import { type Application, type Ledger, SnapshotReader, headerHash } from '@dujiang/chain'
import { type CryptoProvider, equalBytes } from '@dujiang/core/crypto'
import type { Disk } from '../seams/index.ts'
import { StoreFault } from '../store/index.ts'
import { PARTIAL, openSnapshotFile, readChunk } from './file.ts'
import { removeFolder } from './history.ts'

const NAME = 'base.snapshot'

/** Where the snapshot lies that a node's journal goes on from. */
export const basePath = (dir: string): string => `${dir}/${NAME}`

/** The ledger a node has joined at, and the hash that the header of its next block has if the snapshot was true. Rule SNF-9. */
export interface Base {
  readonly ledger: Ledger
  readonly nextHash: Uint8Array
}

/** What a snapshot that has been read whole makes the base; undefined while it is not whole. */
export function baseOf(reader: SnapshotReader, { sha256 }: Pick<CryptoProvider, 'sha256'>): Base | undefined {
  const { ledger, manifest } = reader
  return ledger && { ledger, nextHash: headerHash(sha256, manifest.headers.above) }
}

/**
 * Holds the hash of the first block that the engine hands over against the base: what is false is removed, all of it, so that
 * no later start begins from it. Rejects then.
 */
export async function demandTrueBase(
  disk: Disk,
  dir: string,
  { ledger, nextHash }: Base,
  hash: Uint8Array,
): Promise<void> {
  if (equalBytes(hash, nextHash)) return
  await removeFolder(disk, dir)
  const { height } = ledger.tip
  throw new Error(
    `joined by a false snapshot: block ${height + 1} is another than its headers say. It is removed; empty the folders of this node and its engine, and join again`,
  )
}

/**
 * The ledger a node has joined at, from the snapshot it keeps for good: its journal holds what came after. Undefined where
 * the node has executed every block itself. Rejects with a `StoreFault` when the file is damaged. Rule SNF-7.
 * @example const ledger = (await openBase(disk, 'data/base', app, crypto, genesisBytes))?.ledger ?? new Ledger(app, crypto, genesisBytes)
 */
export async function openBase(
  disk: Disk,
  dir: string,
  app: Application,
  crypto: CryptoProvider,
  genesisBytes: Uint8Array,
): Promise<Base | undefined> {
  const names = await disk.list(dir)
  if (names.includes(NAME + PARTIAL)) await disk.remove(basePath(dir) + PARTIAL)
  if (!names.includes(NAME)) return undefined
  const damaged = (reason: string): StoreFault => new StoreFault('damaged', basePath(dir), reason)
  const file = await openSnapshotFile(disk, basePath(dir), crypto.sha256)
  if (typeof file === 'string') throw damaged(file)
  // It was held against a signed app hash before it got this name.
  const reader = SnapshotReader.begin(app, crypto, genesisBytes, file.manifestBytes, file.manifest)
  if (typeof reader === 'string') throw damaged(reader)
  for (let index = 0; index < file.manifest.chunks.length; index++) {
    const fault = reader.add((await readChunk(disk, file, index)) as Uint8Array)
    if (fault !== undefined) throw damaged(fault.reason)
  }
  const base = baseOf(reader, crypto)
  if (base === undefined) throw damaged('it is not whole')
  return base
}
