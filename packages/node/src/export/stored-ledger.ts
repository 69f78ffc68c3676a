import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Application, Ledger } from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { GENESIS_NAME } from './layout.ts'
import { replayStored, storedChain } from './stored-chain.ts'

/** The ledger in a node's folder at its last block, executed again from its genesis file. Rejects when it does not reproduce. */
export async function storedLedger(
  app: Application,
  crypto: CryptoProvider,
  dataDir: string,
  onProgress: (height: number, lastHeight: number) => void = () => undefined,
): Promise<Ledger> {
  const ledger = new Ledger(app, crypto, Uint8Array.from(await readFile(join(dataDir, GENESIS_NAME))))
  const chain = await storedChain(dataDir)
  for await (const block of chain.blocks()) {
    replayStored(ledger, block)
    onProgress(block.header.height, chain.lastHeight)
  }
  return ledger
}
