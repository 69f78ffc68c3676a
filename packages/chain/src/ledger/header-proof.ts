import { type CryptoProvider, equalBytes, fromHex, toHex } from '@dujiang/core/crypto'
import type { Json } from '@dujiang/core/codec'
import {
  type Commit,
  type Header,
  chainIdOf,
  commitFromJson,
  commitToJson,
  headerFromJson,
  headerHash,
  headerToJson,
  validatorsHash,
  verifyCommit,
} from '../comet/index.ts'
import type { Founded } from '../genesis.ts'
import { genesisValidators } from './tip.ts'

/** A header with the signatures that make it one, and the chain it is of: what every proof file ends in. */
export interface SignedHeader {
  readonly chain: string
  readonly commit: Commit
  readonly header: Header
}

/** Whom one must trust to believe the answer: the keys that signed the header. */
export interface TrustedKey {
  readonly name: string
  readonly org: string
  readonly key: string
  readonly power: number
}

/** The steps of a verification, in order; the answer names the one that failed. */
export const VERIFY_STEPS = ['form', 'chain', 'act', 'events', 'inclusion', 'appHash', 'validators', 'commit'] as const
export type VerifyStep = (typeof VERIFY_STEPS)[number]

export interface Unverified {
  readonly ok: false
  readonly step: VerifyStep
  readonly reason: string
}

export const failed = (step: VerifyStep, reason: string): Unverified => ({ ok: false, step, reason })

/** Is the file of the chain that the genesis file founds? Rule PROOF-2. */
export function chainFault(founded: Founded, { chain, header }: SignedHeader): Unverified | undefined {
  if (chain !== founded.chain) return failed('chain', `the file is of chain ${chain}`)
  if (header.chainId !== chainIdOf(fromHex(founded.chain))) return failed('chain', `the header is of ${header.chainId}`)
  return undefined
}

/** Does the header commit to `appHash`, and did the validators of the genesis file sign it? Rules PROOF-6 to PROOF-8. */
export function commitmentFault(
  crypto: CryptoProvider,
  founded: Founded,
  { header, commit }: SignedHeader,
  appHash: Uint8Array,
): Unverified | undefined {
  if (!equalBytes(appHash, header.appHash)) return failed('appHash', 'the header commits to something else')
  const validators = genesisValidators(founded)
  if (!equalBytes(validatorsHash(crypto.sha256, validators), header.validatorsHash)) {
    return failed('validators', 'the header was made by other validators than the genesis file names')
  }
  const hash = headerHash(crypto.sha256, header)
  const fault = verifyCommit(crypto, header.chainId, validators, hash, header.height, commit)
  return fault === undefined ? undefined : failed('commit', fault.reason)
}

/** Whose signatures an answer rests on. */
export function trustedKeys({ genesis }: Founded): readonly TrustedKey[] {
  return genesis.validators.map(({ name, org, key, power }) => ({ name, org, key, power }))
}

export const signedHeaderToJson = ({ chain, commit, header }: SignedHeader) => ({
  chain,
  commit: commitToJson(commit),
  header: headerToJson(header),
})

export function readSignedHeader(json: {
  readonly chain: string
  readonly commit: Json
  readonly header: Json
}): SignedHeader | string {
  const header = headerFromJson(json.header)
  if (!header.ok) return `/header${header.fault.path} ${header.fault.reason}`
  const commit = commitFromJson(json.commit)
  if (!commit.ok) return `/commit${commit.fault.path} ${commit.fault.reason}`
  return { chain: json.chain, commit: commit.value, header: header.value }
}

/** The log of receipts as a header commits to it, in a file. */
export const logHeadToJson = ({ root, size }: { readonly root: Uint8Array; readonly size: number }) => ({
  root: toHex(root),
  size,
})
