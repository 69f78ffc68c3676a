import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type CryptoProvider, type MapHead, type MapProof, fromHex, toHex, verifyMapProof } from '@dujiang/core/crypto'
import type { Header } from '../comet/index.ts'
import type { Founded } from '../genesis.ts'
import { appHashFrom } from '../state/app-hash.ts'
import { keyHashOf, valueHashOf } from '../state/state.ts'
import {
  PROOF_LIMITS,
  type SignedHeader,
  type TrustedKey,
  type Unverified,
  chainFault,
  commitmentFault,
  failed,
  logHeadToJson,
  readSignedHeader,
  signedHeaderToJson,
  trustedKeys,
} from './header-proof.ts'
import { trustSchema } from './trust-path.ts'

/** What one row of the state was, or that there was none, as a header commits to it. */
export interface StateProof extends SignedHeader {
  readonly key: string
  /** Absent when the state has no such row. */
  readonly value?: Json
  readonly path: MapProof
  readonly receipts: { readonly root: Uint8Array; readonly size: number }
  readonly state: MapHead
}

export function writeStateProof(proof: StateProof): Uint8Array {
  const { siblings, other } = proof.path
  const otherLeaf = other && { other: { keyHash: toHex(other.keyHash), valueHash: toHex(other.valueHash) } }
  return encodeCanonicalBytes({
    ...signedHeaderToJson(proof),
    key: proof.key,
    kind: 'dujiang-state',
    path: { siblings: siblings.map(toHex), ...otherLeaf },
    receipts: logHeadToJson(proof.receipts),
    state: { count: proof.state.count, root: toHex(proof.state.root) },
    v: 1,
    ...(proof.value === undefined ? {} : { value: proof.value }),
  })
}

export type VerifiedState =
  | {
      readonly ok: true
      readonly key: string
      /** Absent: the state had no such row. */
      readonly value?: Json
      /** The state after the block below this height. */
      readonly height: number
      readonly trusts: readonly TrustedKey[]
    }
  | Unverified

/**
 * Checks a file about one row of the state against a pinned genesis. Rules PROOF-1, PROOF-2 and PROOF-5 to PROOF-10. The
 * proof of an absence holds for every key whose path ends in the same place, so whoever asked about a key compares it.
 * @example verifyState(nodeCrypto, readGenesis(nodeCrypto.sha256, genesisBytes), stateFileBytes)
 */
export function verifyState(
  crypto: CryptoProvider,
  founded: Founded,
  file: Uint8Array,
  believed?: Header,
): VerifiedState {
  const { sha256 } = crypto
  const proof = readStateProof(file)
  if (typeof proof === 'string') return failed('form', proof)
  const { key, value, path, state, receipts, header } = proof
  const ofOther = chainFault(founded, proof)
  if (ofOther !== undefined) return ofOther
  if (!verifyMapProof(sha256, state, keyHashOf(sha256, key), valueHashOf(sha256, value), path)) {
    return failed('inclusion', 'the path does not lead from the row to the root of the state')
  }
  const fault = commitmentFault(
    crypto,
    founded,
    proof,
    appHashFrom(sha256, state.root, receipts.root, receipts.size),
    believed,
  )
  if (fault !== undefined) return fault
  const found = value === undefined ? {} : { value }
  return {
    ok: true,
    key,
    ...found,
    height: header.height,
    trusts: believed === undefined ? trustedKeys(founded, proof.trust) : [],
  }
}

const safe = Number.MAX_SAFE_INTEGER
const proofSchema = compile(
  s.object({
    chain: s.hex(32),
    commit: s.anyObject(),
    header: s.anyObject(),
    key: s.text(1_000),
    kind: s.literal('dujiang-state'),
    path: s.object({
      other: s.optional(s.object({ keyHash: s.hex(32), valueHash: s.hex(32) })),
      siblings: s.list(s.hex(32), { min: 0, max: 256 }),
    }),
    receipts: s.object({ root: s.hex(32), size: s.int(0, safe) }),
    state: s.object({ count: s.int(0, safe), root: s.hex(32) }),
    trust: trustSchema,
    v: s.literal(1),
  }),
)

/** What a file about a row says, before anything is checked; a string says why it says nothing. */
export function readStateProof(file: Uint8Array): StateProof | string {
  const decoded = decodeCanonical(file, PROOF_LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  if (typeof decoded.value !== 'object' || Array.isArray(decoded.value)) return 'the file is no object'
  // A row may hold any value: all but it has a shape.
  const { value, ...rest } = decoded.value as { readonly [field: string]: Json }
  const problem = proofSchema.explain(rest)
  if (problem !== undefined) return `${problem.path} ${problem.rule}`
  const json = rest as unknown as {
    readonly chain: string
    readonly commit: Json
    readonly header: Json
    readonly key: string
    readonly path: {
      readonly other?: { readonly keyHash: string; readonly valueHash: string }
      readonly siblings: readonly string[]
    }
    readonly receipts: { readonly root: string; readonly size: number }
    readonly trust?: readonly Json[]
    readonly state: { readonly count: number; readonly root: string }
  }
  const signed = readSignedHeader(json)
  if (typeof signed === 'string') return signed
  const { other, siblings } = json.path
  const otherLeaf = other && { other: { keyHash: fromHex(other.keyHash), valueHash: fromHex(other.valueHash) } }
  return {
    ...signed,
    key: json.key,
    ...(value === undefined ? {} : { value }),
    path: { siblings: siblings.map(fromHex), ...otherLeaf },
    receipts: { root: fromHex(json.receipts.root), size: json.receipts.size },
    state: { count: json.state.count, root: fromHex(json.state.root) },
  }
}
