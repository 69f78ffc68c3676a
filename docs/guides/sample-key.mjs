/**
 * Takes one person's key out of the sample province: npx node docs/guides/sample-key.mjs .dujiang SCPX/zhang zhang.json
 * writes a key file for `dujiang --key`. In earnest nobody has another's secret: `dujiang keys new` makes one's own.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fromHex, keyId, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'

const [dataDir, name, out] = process.argv.slice(2)
const { keys } = JSON.parse(readFileSync(`${dataDir}/demo-keys.json`, 'utf8'))
if (keys[name] === undefined) throw new Error(`no key ${name}; there are ${Object.keys(keys).join(' ')}`)
const { scheme, secret } = keys[name]
const { publicKey } = signerFromSecret(scheme, fromHex(secret))
const key = keyId(nodeCrypto.sha256, scheme, publicKey)
const file = { org: name.split('/')[0], key, scheme, publicKey: toHex(publicKey), kind: 'dujiang-key', v: 1, secret }
writeFileSync(out, `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600 })
