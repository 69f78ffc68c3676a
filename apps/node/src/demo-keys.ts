import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Scheme, type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import { generateSecret, signerFromSecret } from '@dujiang/crypto/node'
import { type Signatory, members, nodeMembers } from '@dujiang/testing/province'
import { Trouble } from './trouble.ts'

/** Who signs in the sample: every person of its members; its one validator and its one node, where it is one. */
export interface DemoKeys {
  readonly validator: Signer
  readonly node: Signer
  readonly of: (signatory: Signatory) => Signer
  /** Hex. Everybody may have it: the people are invented. */
  readonly secretOf: (signatory: Signatory) => string
}

interface KeyFile {
  readonly note: string
  readonly keys: { readonly [name: string]: { readonly scheme: Scheme; readonly secret: string } }
}

const NOTE = 'Secrets of an invented province, for demonstration only: in earnest every member keeps its own.'
const VALIDATOR = 'validator'
const NODE = 'node'

const NAME = 'demo-keys.json'
/** What a start that ended while it wrote them leaves. */
export const PARTIAL_KEYS_NAME = `${NAME}.partial`
export const demoKeysPath = (dataDir: string): string => `${dataDir}/${NAME}`

/** Reads the sample's secrets, or makes them: SM2 for people, Ed25519 for machines, in one file for its owner alone. */
export function demoKeys(dataDir: string): DemoKeys {
  const path = demoKeysPath(dataDir)
  if (!existsSync(path)) {
    // Whole or absent, whenever the machine stops.
    const partial = `${dataDir}/${PARTIAL_KEYS_NAME}`
    writeFileSync(partial, `${JSON.stringify(newKeys(), undefined, 1)}\n`, { mode: 0o600, flush: true })
    renameSync(partial, path)
  }
  const keys = readKeys(path)
  const named = (name: string): Kept => {
    const kept = keys.get(name)
    if (kept === undefined) throw damaged(path, `no key ${name}`)
    return kept
  }
  return {
    validator: named(VALIDATOR).signer,
    node: named(NODE).signer,
    of: (signatory) => named(nameOf(signatory)).signer,
    secretOf: (signatory) => named(nameOf(signatory)).secret,
  }
}

interface Kept {
  readonly signer: Signer
  readonly secret: string
}

function readKeys(path: string): ReadonlyMap<string, Kept> {
  try {
    const { keys } = JSON.parse(readFileSync(path, 'utf8')) as KeyFile
    return new Map(
      Object.entries(keys).map(([name, { scheme, secret }]) => [
        name,
        { signer: signerFromSecret(scheme, fromHex(secret)), secret },
      ]),
    )
  } catch (cause) {
    throw damaged(path, (cause as Error).message, cause)
  }
}

const damaged = (path: string, reason: string, cause?: unknown): Trouble =>
  new Trouble(
    `${path} 已损坏（${reason}），账本无法再签名；请从副本恢复此文件，或用 --data 另指目录重新开始（默认目录可 npm run reset 清除）`,
    `${path} is damaged and the ledger cannot be signed for: put the file back from a copy, or start anew in another --data folder (npm run reset removes the default one)`,
    cause,
  )

function newKeys(): KeyFile {
  const key = (scheme: Scheme) => ({ scheme, secret: toHex(generateSecret(scheme)) })
  const people = [...members, ...nodeMembers].flatMap(({ org, people: names }) =>
    names.map((person) => nameOf({ org, person })),
  )
  const named = [[VALIDATOR, key('ed25519')], [NODE, key('ed25519')], ...people.map((name) => [name, key('sm2')])]
  return { note: NOTE, keys: Object.fromEntries(named) }
}

const nameOf = ({ org, person }: Signatory): string => `${org}/${person}`
