import { type Founded, readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Failure } from './failure.ts'

/** What the genesis file at `path` founds. */
export function foundedBy(path: string, bytes: Uint8Array): Founded {
  try {
    return readGenesis(nodeCrypto.sha256, bytes)
  } catch (cause) {
    const { message } = cause as Error
    throw new Failure(`${path} 不是创世文件：${message}`, `${path} is no genesis file: ${message}`, undefined, cause)
  }
}
