import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import {
  type CryptoProvider,
  equalBytes,
  fromHex,
  leafHash,
  parseHex,
  toHex,
  verifyInclusion,
} from '@dujiang/core/crypto'
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
import { idOf, type Body } from '../envelope.ts'
import type { Founded } from '../genesis.ts'
import { type Event, type Receipt, eventsDigest, receiptBytes } from '../receipt.ts'
import { appHashFrom } from '../state/app-hash.ts'
import { genesisValidators } from './tip.ts'

/** Everything needed to check a receipt offline, with nothing but the genesis file beside it. */
export interface ReceiptProof {
  /** The act as it was signed; absent for what fell due, and where the reader may not see it. */
  readonly act?: Json
  readonly chain: string
  readonly commit: Commit
  readonly events: readonly Event[]
  /** The header whose app hash commits to the log of receipts. */
  readonly header: Header
  readonly path: readonly Uint8Array[]
  readonly receipt: Receipt
  /** The log of receipts as that header commits to it. */
  readonly receipts: { readonly root: Uint8Array; readonly size: number }
  readonly stateRoot: Uint8Array
}

export function writeReceiptProof(proof: ReceiptProof): Uint8Array {
  return encodeCanonicalBytes({
    ...(proof.act === undefined ? {} : { act: proof.act }),
    chain: proof.chain,
    commit: commitToJson(proof.commit),
    events: proof.events as unknown as Json,
    header: headerToJson(proof.header),
    kind: 'dujiang-receipt',
    path: proof.path.map(toHex),
    receipt: proof.receipt as unknown as Json,
    receipts: { root: toHex(proof.receipts.root), size: proof.receipts.size },
    stateRoot: toHex(proof.stateRoot),
    v: 1,
  })
}

/** Whom one must trust to believe the answer: the keys that signed the header. */
export interface TrustedKey {
  readonly name: string
  readonly org: string
  readonly key: string
  readonly power: number
}

export type Verified =
  | {
      readonly ok: true
      readonly receipt: Receipt
      readonly events: readonly Event[]
      readonly act?: Json
      readonly trusts: readonly TrustedKey[]
    }
  | { readonly ok: false; readonly step: VerifyStep; readonly reason: string }

/** The steps of a verification, in order; the answer names the one that failed. */
export const VERIFY_STEPS = ['form', 'chain', 'act', 'events', 'inclusion', 'appHash', 'validators', 'commit'] as const
export type VerifyStep = (typeof VERIFY_STEPS)[number]

const FILE_BYTES_MAX = 1024 * 1024

/**
 * Checks a receipt file against a pinned genesis. Rules PROOF-1 to PROOF-8, one a step.
 * @example verifyReceipt(nodeCrypto, readGenesis(nodeCrypto.sha256, genesisBytes), receiptFileBytes)
 */
export function verifyReceipt(crypto: CryptoProvider, founded: Founded, file: Uint8Array): Verified {
  const { sha256 } = crypto
  const proof = readReceiptProof(file)
  if (typeof proof === 'string') return failed('form', proof)
  const { receipt, header, commit } = proof
  if (proof.chain !== founded.chain) return failed('chain', `the receipt is of chain ${proof.chain}`)
  if (header.chainId !== chainIdOf(fromHex(founded.chain))) return failed('chain', `the header is of ${header.chainId}`)
  if (proof.act !== undefined) {
    const { body } = proof.act as { readonly body?: Body }
    if (body === undefined || idOf(sha256, body) !== receipt.id)
      return failed('act', 'the act has another id than the receipt')
  }
  if (eventsDigest(sha256, proof.events) !== receipt.events)
    return failed('events', 'the events are not those of the receipt')
  const { root, size } = proof.receipts
  const leaf = leafHash(sha256, receiptBytes(receipt))
  if (!verifyInclusion(sha256, leaf, receipt.index, size, proof.path, root)) {
    return failed('inclusion', 'the path does not lead from the receipt to the root of the log')
  }
  if (!equalBytes(appHashFrom(sha256, proof.stateRoot, root, size), header.appHash)) {
    return failed('appHash', 'the header commits to another log of receipts')
  }
  if (receipt.height >= header.height) return failed('appHash', 'the header is not after the receipt')
  const validators = genesisValidators(founded)
  if (!equalBytes(validatorsHash(sha256, validators), header.validatorsHash)) {
    return failed('validators', 'the header was made by other validators than the genesis file names')
  }
  const fault = verifyCommit(crypto, header.chainId, validators, headerHash(sha256, header), header.height, commit)
  if (fault !== undefined) return failed('commit', typeof fault === 'string' ? fault : fault.reason)
  const trusts = founded.genesis.validators.map(({ name, org, key, power }) => ({ name, org, key, power }))
  const act = proof.act === undefined ? {} : { act: proof.act }
  return { ok: true, receipt, events: proof.events, ...act, trusts }
}

const failed = (step: VerifyStep, reason: string): Verified => ({ ok: false, step, reason })

const safe = Number.MAX_SAFE_INTEGER
const proofSchema = compile(
  s.object({
    act: s.optional(s.anyObject()),
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
    v: s.literal(1),
  }),
)

function readReceiptProof(file: Uint8Array): ReceiptProof | string {
  const decoded = decodeCanonical(file, { bytesMax: FILE_BYTES_MAX, itemsMax: 10_000, keysMax: 256 })
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const problem = proofSchema.explain(decoded.value)
  if (problem !== undefined) return `${problem.path} ${problem.rule}`
  const json = decoded.value as unknown as {
    readonly act?: Json
    readonly chain: string
    readonly commit: Json
    readonly events: readonly Event[]
    readonly header: Json
    readonly path: readonly string[]
    readonly receipt: Receipt
    readonly receipts: { readonly root: string; readonly size: number }
    readonly stateRoot: string
  }
  const header = headerFromJson(json.header)
  if (!header.ok) return `/header${header.fault.path} ${header.fault.reason}`
  const commit = commitFromJson(json.commit)
  if (!commit.ok) return `/commit${commit.fault.path} ${commit.fault.reason}`
  return {
    ...(json.act === undefined ? {} : { act: json.act }),
    chain: json.chain,
    commit: commit.value,
    events: json.events,
    header: header.value,
    path: json.path.map((hash) => parseHex(hash) as Uint8Array),
    receipt: json.receipt,
    receipts: { root: fromHex(json.receipts.root), size: json.receipts.size },
    stateRoot: fromHex(json.stateRoot),
  }
}
