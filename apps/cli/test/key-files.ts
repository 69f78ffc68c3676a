import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainKeyFile } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Person, secretOf } from '@dujiang/testing/market-fixture'

/** Writes the key file of a person of the fixture. */
export async function keyFileOf(dir: string, { org, person, signer }: Person): Promise<string> {
  const path = join(dir, `${org}-${person}.json`)
  const file = plainKeyFile(nodeCrypto.sha256, org, signer, toHex(secretOf(org, person, signer.scheme)))
  await writeFile(path, JSON.stringify(file), { mode: 0o600 })
  return path
}
