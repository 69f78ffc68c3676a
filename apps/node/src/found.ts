import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { genesisOf } from '@dujiang/testing/province'
import { type DemoKeys, PARTIAL_KEYS_NAME, demoKeys, demoKeysPath } from './demo-keys.ts'
import { makeFolder } from './make-folder.ts'
import { Trouble } from './trouble.ts'

/** The sample's ledger as its folder holds it, before a node opens it. */
export interface Founded {
  readonly genesisBytes: Uint8Array
  readonly keys: DemoKeys
  /** The folder held a ledger already. */
  readonly existed: boolean
}

/** Finds the sample's ledger in a folder, or founds one in an empty or missing folder. */
export function foundIn(dataDir: string): Founded {
  makeFolder(dataDir)
  const genesisPath = `${dataDir}/genesis.json`
  const existed = existsSync(genesisPath)
  if (existed && !existsSync(demoKeysPath(dataDir))) {
    throw new Trouble(
      `${dataDir} 有账本而没有 demo-keys.json：请从原账本目录复制（备份不含密钥）`,
      `${dataDir} holds a ledger and no demo-keys.json: copy that file from the original folder, for keys are not in a backup`,
    )
  }
  const foreign = readdirSync(dataDir).filter((name) => name !== PARTIAL_KEYS_NAME)
  // A start that ended between the keys and the genesis file is gone on with.
  if (!existsSync(demoKeysPath(dataDir)) && foreign.length > 0) {
    throw new Trouble(
      `${dataDir} 不是空目录，也不是示例账本；请用 --data 另指目录`,
      `${dataDir} is neither empty nor the sample's ledger; name another with --data`,
    )
  }
  const keys = demoKeys(dataDir)
  if (existed) return { genesisBytes: readFileSync(genesisPath), keys, existed }
  return { genesisBytes: genesisOf(Date.now(), keys.validator.publicKey, keys.of), keys, existed }
}
