import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Person } from '@dujiang/testing/market-fixture'

/** Writes the key file of a person of the fixture. */
export async function keyFileOf(dir: string, { org, person, signer, key }: Person): Promise<string> {
  const { scheme, publicKey } = signer
  const secret = toHex(nodeCrypto.sha256(new TextEncoder().encode(`fixture ${scheme} ${org} ${person}`)))
  const path = join(dir, `${org}-${person}.json`)
  const file = { v: 1, kind: 'dujiang-key', org, key, scheme, publicKey: toHex(publicKey), secret }
  await writeFile(path, JSON.stringify(file), { mode: 0o600 })
  return path
}
