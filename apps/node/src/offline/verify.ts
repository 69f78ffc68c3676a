import { readFileSync, readdirSync } from 'node:fs'
import { readGenesis, verifyReceipt } from '@dujiang/chain'
import { nobleCrypto } from '@dujiang/crypto/noble'
import type { Verdict } from './verdict.ts'

/**
 * A process of its own, which is given a genesis file and a folder of receipt files and nothing else: no node, no
 * network, and another implementation of the signatures than the node's. Prints a {@link Verdict}.
 */
const [genesisPath, folder] = process.argv.slice(2) as [string, string]
const founded = readGenesis(nobleCrypto.sha256, readFileSync(genesisPath))
const failures: Verdict['failures'][number][] = []
let verified = 0
let trusts: readonly string[] = []
let highest = { height: 0, appHash: '' }
for (const file of readdirSync(folder)) {
  const bytes = readFileSync(`${folder}/${file}`)
  const outcome = verifyReceipt(nobleCrypto, founded, bytes)
  if (!outcome.ok) {
    failures.push({ file, step: outcome.step, reason: outcome.reason })
    continue
  }
  verified++
  trusts = outcome.trusts.map(({ name }) => name)
  const { header } = JSON.parse(bytes.toString('utf8')) as { readonly header: { height: number; appHash: string } }
  if (header.height > highest.height) highest = header
}
const verdict: Verdict = { verified, failures, trusts, appHash: highest.appHash }
process.stdout.write(JSON.stringify(verdict))
