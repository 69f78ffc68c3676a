import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import { type Json, compile, decodeCanonical, s } from '@dujiang/core/codec'
import {
  type Commit,
  type Header,
  type LightBlock,
  commitFromJson,
  commitToJson,
  headerFromJson,
  headerHash,
  headerToJson,
  lightBlockFromJson,
  lightBlockToJson,
  validatorsHash,
  verifyCommit,
} from '../comet/index.ts'
import { type Founded, engineChainId } from '../genesis.ts'
import { believedAnchor, keysOnTheWay, trustSchema } from './trust-path.ts'

/** A header with the signatures that make it one, and the chain it is of: what every proof file ends in. */
export interface SignedHeader {
  readonly chain: string
  readonly commit: Commit
  readonly header: Header
  /** The way from the validators of the genesis file to the signers, by {@link trustPath}; absent while they are the same. */
  readonly trust?: readonly LightBlock[]
}

/** Whom one must trust to believe the answer: the keys of the genesis file, and those on the way to the header's signers. */
export interface TrustedKey {
  /** Of a key that joined later, whose name the file does not say: the height of the block on the way that it signed. */
  readonly name: string
  /** Empty for a key that joined later. */
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
  if (header.chainId !== engineChainId(founded)) return failed('chain', `the header is of ${header.chainId}`)
  return undefined
}

/**
 * Does the header commit to `appHash`, and did validators sign it whom the genesis file leads to? A header that is believed
 * already, by a light client, needs only be the same. Rules PROOF-6 to PROOF-10.
 */
export function commitmentFault(
  crypto: CryptoProvider,
  founded: Founded,
  signed: SignedHeader,
  appHash: Uint8Array,
  believed?: Header,
): Unverified | undefined {
  const { sha256 } = crypto
  const { header } = signed
  if (!equalBytes(appHash, header.appHash)) return failed('appHash', 'the header commits to something else')
  if (believed === undefined) return signersFault(crypto, founded, signed)
  const same = equalBytes(headerHash(sha256, believed), headerHash(sha256, header))
  return same ? undefined : failed('validators', 'the header is another than the believed one')
}

/** Is it a header of the chain that the genesis file founds, signed by validators whom that file leads to? Rule PROOF-11. */
export function verifySignedHeader(
  crypto: CryptoProvider,
  founded: Founded,
  signed: SignedHeader,
): { readonly ok: true; readonly trusts: readonly TrustedKey[] } | Unverified {
  const fault = chainFault(founded, signed) ?? signersFault(crypto, founded, signed)
  return fault ?? { ok: true, trusts: trustedKeys(founded, signed.trust) }
}

function signersFault(
  crypto: CryptoProvider,
  founded: Founded,
  { header, commit, trust = [] }: SignedHeader,
): Unverified | undefined {
  const { sha256 } = crypto
  const anchor = believedAnchor(crypto, founded, trust, header)
  if (typeof anchor === 'string') return failed('validators', anchor)
  const { validators } = anchor
  if (!equalBytes(validatorsHash(sha256, validators), header.validatorsHash)) {
    return failed('validators', 'the header was made by other validators than the genesis file leads to')
  }
  const hash = headerHash(sha256, header)
  const fault = verifyCommit(crypto, header.chainId, validators, hash, header.height, commit)
  return fault === undefined ? undefined : failed('commit', fault.reason)
}

/** Whose signatures an answer rests on. */
export function trustedKeys(founded: Founded, trust: readonly LightBlock[] = []): readonly TrustedKey[] {
  const founders = founded.genesis.validators.map(({ name, org, key, power }) => ({ name, org, key, power }))
  return [...founders, ...keysOnTheWay(founded, trust)]
}

export const signedHeaderToJson = ({ chain, commit, header, trust }: SignedHeader) => ({
  chain,
  commit: commitToJson(commit),
  header: headerToJson(header),
  ...(trust === undefined ? {} : { trust: trust.map(lightBlockToJson) }),
})

export function readSignedHeader(json: {
  readonly chain: string
  readonly commit: Json
  readonly header: Json
  readonly trust?: readonly Json[]
}): SignedHeader | string {
  const header = headerFromJson(json.header)
  if (!header.ok) return `/header${header.fault.path} ${header.fault.reason}`
  const commit = commitFromJson(json.commit)
  if (!commit.ok) return `/commit${commit.fault.path} ${commit.fault.reason}`
  const trust: LightBlock[] = []
  for (const [place, each] of (json.trust ?? []).entries()) {
    const block = lightBlockFromJson(each)
    if (!block.ok) return `/trust/${place}${block.fault.path} ${block.fault.reason}`
    trust.push(block.value)
  }
  const way = json.trust === undefined ? {} : { trust }
  return { chain: json.chain, commit: commit.value, header: header.value, ...way }
}

const signedHeaderSchema = compile(
  s.object({ chain: s.hex(32), commit: s.anyObject(), header: s.anyObject(), trust: trustSchema }),
)

/** Reads one that stands alone; a string says why it is none. */
export function signedHeaderFromJson(json: Json): SignedHeader | string {
  const problem = signedHeaderSchema.explain(json)
  return problem === undefined
    ? readSignedHeader(json as unknown as Parameters<typeof readSignedHeader>[0])
    : `${problem.path} ${problem.rule}`
}

/** The header of a proof file of either kind, before anything is checked; a string says why there is none. */
export function readProofHeader(file: Uint8Array): Header | string {
  const decoded = decodeCanonical(file, PROOF_LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const header = headerFromJson((decoded.value as { readonly header?: Json }).header)
  return header.ok ? header.value : `/header${header.fault.path} ${header.fault.reason}`
}

/** What a proof file may take; a way of 64 blocks of 100 validators has its place. */
export const PROOF_LIMITS = { bytesMax: 4 * 1024 * 1024, itemsMax: 10_000, keysMax: 256 }

/** The log of receipts as a header commits to it, in a file. */
export const logHeadToJson = ({ root, size }: { readonly root: Uint8Array; readonly size: number }) => ({
  root: toHex(root),
  size,
})
