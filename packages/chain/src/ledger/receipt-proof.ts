import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type CryptoProvider, fromHex, leafHash, toHex, verifyInclusion } from '@dujiang/core/crypto'
import type { Header } from '../comet/index.ts'
import type { Founded } from '../genesis.ts'
import { type Event, type Receipt, eventsDigest, receiptBytes } from '../receipt.ts'
import { appHashFrom } from '../state/app-hash.ts'
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
import { type SignedAct, signedActFault, signedActSchema } from './signed-act.ts'

/** Everything needed to check a receipt offline, with nothing but the genesis file beside it. */
export interface ReceiptProof extends SignedHeader {
  /** The act as it was signed; absent for what fell due, and where the reader may not see it. */
  readonly act?: SignedAct
  readonly events: readonly Event[]
  readonly path: readonly Uint8Array[]
  readonly receipt: Receipt
  /** The log of receipts as the header commits to it. */
  readonly receipts: { readonly root: Uint8Array; readonly size: number }
  readonly stateRoot: Uint8Array
}

export function writeReceiptProof(proof: ReceiptProof): Uint8Array {
  return encodeCanonicalBytes({
    ...(proof.act === undefined ? {} : { act: proof.act as unknown as Json }),
    ...signedHeaderToJson(proof),
    events: proof.events as unknown as Json,
    kind: 'dujiang-receipt',
    path: proof.path.map(toHex),
    receipt: proof.receipt as unknown as Json,
    receipts: logHeadToJson(proof.receipts),
    stateRoot: toHex(proof.stateRoot),
    v: 1,
  })
}

export type Verified =
  | {
      readonly ok: true
      readonly receipt: Receipt
      readonly events: readonly Event[]
      readonly act?: SignedAct
      readonly trusts: readonly TrustedKey[]
    }
  | Unverified

/**
 * Checks a receipt file against a pinned genesis. Rules PROOF-1 to PROOF-8, one a step; with `believed`, a header that a light
 * client has verified, against that one (PROOF-10).
 * @example verifyReceipt(nodeCrypto, readGenesis(nodeCrypto.sha256, genesisBytes), receiptFileBytes)
 */
export function verifyReceipt(crypto: CryptoProvider, founded: Founded, file: Uint8Array, believed?: Header): Verified {
  const { sha256 } = crypto
  const proof = readReceiptProof(file)
  if (typeof proof === 'string') return failed('form', proof)
  const { act, receipt, events, header, path } = proof
  const ofOther = chainFault(founded, proof)
  if (ofOther !== undefined) return ofOther
  const falseAct = act === undefined ? undefined : signedActFault(crypto, act, receipt.id)
  if (falseAct !== undefined) return failed('act', falseAct)
  if (eventsDigest(sha256, events) !== receipt.events) {
    return failed('events', 'the events are not those of the receipt')
  }
  const { root, size } = proof.receipts
  if (!verifyInclusion(sha256, leafHash(sha256, receiptBytes(receipt)), receipt.index, size, path, root)) {
    return failed('inclusion', 'the path does not lead from the receipt to the root of the log')
  }
  if (receipt.height >= header.height) return failed('appHash', 'the header is not after the receipt')
  const fault = commitmentFault(crypto, founded, proof, appHashFrom(sha256, proof.stateRoot, root, size), believed)
  if (fault !== undefined) return fault
  return {
    ok: true,
    receipt,
    events,
    ...(act === undefined ? {} : { act }),
    trusts: believed === undefined ? trustedKeys(founded, proof.trust) : [],
  }
}

const safe = Number.MAX_SAFE_INTEGER
const proofSchema = compile(
  s.object({
    act: s.optional(signedActSchema),
    chain: s.hex(32),
    commit: s.anyObject(),
    events: s.list(s.object({ data: s.anyObject(), name: s.id() }), { min: 0, max: 10_000 }),
    header: s.anyObject(),
    kind: s.literal('dujiang-receipt'),
    path: s.list(s.hex(32), { min: 0, max: 64 }),
    receipt: s.object({
      act: s.id(),
      code: s.int(0, safe),
      events: s.hex(32),
      height: s.int(1, safe),
      id: s.hex(32),
      index: s.int(0, safe),
      kind: s.enumOf(['act', 'due']),
      org: s.optional(s.id()),
      refusal: s.optional(s.object({ facts: s.anyObject(), name: s.id() })),
      time: s.int(0, safe),
      v: s.literal(1),
    }),
    receipts: s.object({ root: s.hex(32), size: s.int(1, safe) }),
    stateRoot: s.hex(32),
    trust: trustSchema,
    v: s.literal(1),
  }),
)

/** What a receipt file says, before anything is checked; a string says why it says nothing. */
export function readReceiptProof(file: Uint8Array): ReceiptProof | string {
  const decoded = decodeCanonical(file, PROOF_LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const problem = proofSchema.explain(decoded.value)
  if (problem !== undefined) return `${problem.path} ${problem.rule}`
  const json = decoded.value as unknown as {
    readonly act?: SignedAct
    readonly chain: string
    readonly commit: Json
    readonly events: readonly Event[]
    readonly header: Json
    readonly path: readonly string[]
    readonly receipt: Receipt
    readonly receipts: { readonly root: string; readonly size: number }
    readonly trust?: readonly Json[]
    readonly stateRoot: string
  }
  const signed = readSignedHeader(json)
  if (typeof signed === 'string') return signed
  return {
    ...signed,
    ...(json.act === undefined ? {} : { act: json.act }),
    events: json.events,
    path: json.path.map(fromHex),
    receipt: json.receipt,
    receipts: { root: fromHex(json.receipts.root), size: json.receipts.size },
    stateRoot: fromHex(json.stateRoot),
  }
}
