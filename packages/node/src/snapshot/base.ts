import { type Application, type Ledger, SnapshotReader } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Disk } from '../seams/index.ts'
import { StoreFault } from '../store/index.ts'
import { PARTIAL, openSnapshotFile, readChunk } from './file.ts'

const NAME = 'base.snapshot'

/** Where the snapshot lies that a node's journal goes on from. */
export const basePath = (dir: string): string => `${dir}/${NAME}`

/**
 * The ledger a node has joined at, from the snapshot it keeps for good: its journal holds what came after. Undefined where
 * the node has executed every block itself. Rejects with a `StoreFault` when the file is damaged. Rule SNF-7.
 * @example const ledger = (await openBase(disk, 'data/base', app, crypto, genesisBytes)) ?? new Ledger(app, crypto, genesisBytes)
 */
export async function openBase(
  disk: Disk,
  dir: string,
  app: Application,
  crypto: CryptoProvider,
  genesisBytes: Uint8Array,
): Promise<Ledger | undefined> {
  const names = await disk.list(dir)
  if (names.includes(NAME + PARTIAL)) await disk.remove(basePath(dir) + PARTIAL)
  if (!names.includes(NAME)) return undefined
  const damaged = (reason: string): StoreFault => new StoreFault('damaged', basePath(dir), reason)
  const file = await openSnapshotFile(disk, basePath(dir), crypto.sha256)
  if (typeof file === 'string') throw damaged(file)
  // It was held against a signed header before it got this name.
  const reader = SnapshotReader.begin(app, crypto, genesisBytes, file.manifestBytes, file.manifest)
  if (typeof reader === 'string') throw damaged(reader)
  for (let index = 0; index < file.manifest.chunks.length; index++) {
    const fault = reader.add((await readChunk(disk, file, index)) as Uint8Array)
    if (fault !== undefined) throw damaged(fault.reason)
  }
  if (reader.ledger === undefined) throw damaged('it is not whole')
  return reader.ledger
}
