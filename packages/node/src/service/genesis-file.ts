import { equalBytes } from '@dujiang/core/crypto'
import type { Disk } from '../seams/index.ts'

const NAME = 'genesis.json'

/**
 * Keeps the genesis file beside the journal, so that a folder says which chain it is of. Rejects when it holds that of
 * another chain, or blocks without any. Rule SVC-1.
 */
export async function keepGenesis(
  disk: Disk,
  dir: string,
  genesisBytes: Uint8Array,
  hasBlocks: boolean,
): Promise<void> {
  const names = await disk.list(dir)
  if (names.includes(NAME)) {
    const kept = await readGenesisFile(disk, dir)
    if (!equalBytes(kept, genesisBytes)) throw new Error(`${dir} is the folder of another chain: its ${NAME} differs`)
  } else if (hasBlocks) {
    throw new Error(`${dir} holds blocks but no ${NAME}: it is not a whole data folder`)
  } else {
    await writeGenesisFile(disk, dir, genesisBytes)
  }
}

/** Writes it so that it is whole or absent, whatever happens. */
export async function writeGenesisFile(disk: Disk, dir: string, genesisBytes: Uint8Array): Promise<void> {
  const partial = `${dir}/${NAME}.partial`
  const file = await disk.open(partial)
  try {
    await file.truncate(0)
    await file.write(0, genesisBytes)
    await file.datasync()
  } finally {
    await file.close()
  }
  await disk.rename(partial, `${dir}/${NAME}`)
  await disk.syncDir(dir)
}

/** That of a folder which has one. */
export async function readGenesisFile(disk: Disk, dir: string): Promise<Uint8Array> {
  const file = await disk.open(`${dir}/${NAME}`)
  try {
    return await file.read(0, await file.size())
  } finally {
    await file.close()
  }
}
