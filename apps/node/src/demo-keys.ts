import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Scheme, type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import { generateSecret, signerFromSecret } from '@dujiang/crypto/node'
import { type Signatory, members } from '@dujiang/testing/province'

/** Who signs in the sample: every person of its members, its one validator, its one node. */
export interface DemoKeys {
  readonly validator: Signer
  readonly node: Signer
  readonly of: (signatory: Signatory) => Signer
}

interface KeyFile {
  readonly note: string
  readonly keys: { readonly [name: string]: { readonly scheme: Scheme; readonly secret: string } }
}

const NOTE = 'Secrets of an invented province, for demonstration only: in earnest every member keeps its own.'
const VALIDATOR = 'validator'
const NODE = 'node'

export const demoKeysPath = (dataDir: string): string => `${dataDir}/demo-keys.json`

/** Reads the sample's secrets, or makes them: SM2 for people, Ed25519 for machines, in one file for its owner alone. */
export function demoKeys(dataDir: string): DemoKeys {
  const path = demoKeysPath(dataDir)
  if (!existsSync(path))
    writeFileSync(path, `${JSON.stringify(newKeys(), undefined, 1)}\n`, { mode: 0o600, flag: 'wx' })
  const { keys } = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
  const signers = new Map(
    Object.entries(keys).map(([name, { scheme, secret }]) => [name, signerFromSecret(scheme, fromHex(secret))]),
  )
  const named = (name: string): Signer => {
    const signer = signers.get(name)
    if (signer === undefined) throw new Error(`${path} has no key ${name}`)
    return signer
  }
  return { validator: named(VALIDATOR), node: named(NODE), of: (signatory) => named(nameOf(signatory)) }
}

function newKeys(): KeyFile {
  const key = (scheme: Scheme) => ({ scheme, secret: toHex(generateSecret(scheme)) })
  const people = members.flatMap(({ org, people: names }) => names.map((person) => nameOf({ org, person })))
  const named = [[VALIDATOR, key('ed25519')], [NODE, key('ed25519')], ...people.map((name) => [name, key('sm2')])]
  return { note: NOTE, keys: Object.fromEntries(named) }
}

const nameOf = ({ org, person }: Signatory): string => `${org}/${person}`
