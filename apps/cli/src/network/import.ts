import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type Bad, type Imported, NotImported, importHistory, storedLedger } from '@dujiang/node/export'
import { homePaths } from '@dujiang/node/network'
import { realDisk } from '@dujiang/node/seams'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { say } from '../language.ts'
import { explainedLocal } from '../node/trouble.ts'
import { jsonLine, print } from '../output.ts'
import { progressBar } from '../progress.ts'
import { explainedHome } from './run.ts'

export interface ImportFlags {
  readonly home: string
  readonly json?: true
}

/** Gives the node of `home`, which joined by snapshot, the blocks before it from the export in `from`. */
export async function importTo(from: string, { home, json }: ImportFlags): Promise<void> {
  const { ledger, genesis, pilot, lock } = homePaths(home)
  const genesisBytes = Uint8Array.from(await readFile(genesis).catch(unreadable(genesis)))
  const { follows } = readGenesis(nodeCrypto.sha256, genesisBytes).genesis
  const market = dujiangMarket()
  // Nobody starts the node meanwhile.
  const held = await realDisk.lock(lock).catch((cause: unknown) => explainedHome(home, cause))
  const bar = progressBar(say('审计', 'auditing'))
  const imported = await importHistory({
    app: market,
    crypto: nodeCrypto,
    ...(follows === undefined ? {} : { predecessor: () => storedLedger(market, nodeCrypto, pilot) }),
    from,
    dataDir: ledger,
    threads: availableParallelism(),
    onProgress: bar.update,
  })
    .catch(explained)
    .finally(() => {
      bar.stop()
      return held.release()
    })
  await print(json === true ? jsonLine(jsonOf(imported)) : inWords(imported))
}

const jsonOf = ({ chain, joinedAtHeight, receipts, height, appHash }: Imported) => ({
  chain,
  joined_at_height: joinedAtHeight,
  receipts,
  height,
  app_hash: appHash,
})

const inWords = ({ joinedAtHeight, receipts, height, appHash }: Imported): string =>
  say(
    `已导入区块 1–${joinedAtHeight} 的历史，回执 ${receipts} 份；账本在区块 ${height}\n状态 ${appHash}\n`,
    `took in the history of blocks 1-${joinedAtHeight}, ${receipts} receipts; the ledger is at block ${height}\nstate ${appHash}\n`,
  )

function explained(cause: unknown): never {
  if (!(cause instanceof NotImported)) return explainedLocal(cause)
  const place = cause.bad === undefined ? '' : ` (${placeOf(cause.bad)})`
  throw new Failure(
    `未导入，节点文件夹未变：${cause.message}${place}`,
    `not taken in, and the node's folder is as it was: ${cause.message}${place}`,
    EXIT_REFUSED,
    cause,
  )
}

function placeOf({ height, file, offset, reason }: Bad): string {
  const where = [
    ...(height === undefined ? [] : [say(`区块 ${height}`, `block ${height}`)]),
    ...(file === undefined ? [] : [say(`${file} 第 ${offset} 字节`, `${file} at byte ${offset}`)]),
  ]
  return `${where.join(', ')}: ${reason}`
}
