import {
  type Founded,
  type Receipt,
  type SignedHeader,
  type TrustedKey,
  readProofHeader,
  signedHeaderFromJson,
  signedHeaderToJson,
  txFromJson,
  txToJson,
  verifyReceipt,
  verifySignedHeader,
  verifyState,
} from '@dujiang/chain'
import { type Json, compile, decodeCanonical, encodeCanonicalBytes, s } from '@dujiang/core/codec'
import { type CryptoProvider, type FrontierJson, frontierToJson, fromHex } from '@dujiang/core/crypto'
import { LOG_RECEIPTS_MAX, type LogSpan } from './omission-log.ts'
import { type OmissionVerdict, omission } from './omission.ts'
import type { Intake } from './types.ts'

/** A promise, with all that shows what became of it: one file that needs nothing but the genesis file beside it. Rule OMIT-7. */
export interface OmissionFile {
  readonly intake: Intake
  /** The act as it was sent. */
  readonly act: Uint8Array
  /** The header of the promise's height, or a later one. */
  readonly since: SignedHeader
  /** The proof file of its receipt. */
  readonly receipt?: Uint8Array
  /** The proof file of the row of executed ids, or of there being none, and the ids. */
  readonly absence?: { readonly ids: readonly string[]; readonly proof: Uint8Array }
  /** The receipts from before the promise until its time was over. */
  readonly log?: LogSpan
}

const safe = Number.MAX_SAFE_INTEGER
const LIST_MAX = 1_000_000
const LIMITS = { bytesMax: 128 * 1024 * 1024, itemsMax: LIST_MAX, keysMax: 256 }
const intakeShape = s.object({
  chain: s.hex(32),
  height: s.int(0, safe),
  id: s.hex(32),
  mayNotCount: s.optional(s.bool()),
  node: s.hex(32),
  signature: s.hex(64),
  withinSeconds: s.int(0, 604_800),
})
const intakeSchema = compile(intakeShape)
const fileSchema = compile(
  s.object({
    absence: s.optional(s.object({ ids: s.list(s.hex(32), { min: 0, max: LIST_MAX }), proof: s.anyObject() })),
    act: s.anyObject(),
    intake: intakeShape,
    kind: s.literal('dujiang-omission'),
    log: s.optional(
      s.object({
        before: s.object({ peaks: s.list(s.hex(32), { min: 0, max: 64 }), size: s.int(0, safe) }),
        last: s.anyObject(),
        receipts: s.list(s.anyObject(), { min: 0, max: LOG_RECEIPTS_MAX }),
      }),
    ),
    receipt: s.optional(s.anyObject()),
    since: s.anyObject(),
    v: s.literal(1),
  }),
)

/** The one form of such a file. */
export function writeOmission({ intake, act, since, receipt, absence, log }: OmissionFile): Uint8Array {
  return encodeCanonicalBytes({
    ...(absence === undefined ? {} : { absence: { ids: absence.ids, proof: jsonOf(absence.proof) } }),
    act: txToJson(act),
    intake: { ...intake },
    kind: 'dujiang-omission',
    ...(log === undefined ? {} : { log: spanToJson(log) }),
    ...(receipt === undefined ? {} : { receipt: jsonOf(receipt) }),
    since: signedHeaderToJson(since),
    v: 1,
  })
}

/** Reads one; a string says why it is none. */
export function readOmission(file: Uint8Array): OmissionFile | string {
  const decoded = decodeCanonical(file, LIMITS)
  if (!decoded.ok) return `${decoded.reason} at byte ${decoded.at}`
  const problem = fileSchema.explain(decoded.value)
  if (problem !== undefined) return `${problem.path} ${problem.rule}`
  const json = decoded.value as unknown as {
    readonly absence?: { readonly ids: readonly string[]; readonly proof: Json }
    readonly act: Json
    readonly intake: Intake
    readonly log?: SpanJson
    readonly receipt?: Json
    readonly since: Json
  }
  const since = signedHeaderFromJson(json.since)
  if (typeof since === 'string') return `/since${since}`
  const act = txFromJson(json.act)
  if (act === undefined) return '/act is not the one form of its bytes'
  const { absence, log, receipt, intake } = json
  return {
    intake,
    act,
    since,
    ...(receipt === undefined ? {} : { receipt: encodeCanonicalBytes(receipt) }),
    ...(absence === undefined ? {} : { absence: { ids: absence.ids, proof: encodeCanonicalBytes(absence.proof) } }),
    ...(log === undefined ? {} : { log: spanFromJson(log) }),
  }
}

/** How a file has them. */
interface SpanJson {
  readonly before: FrontierJson
  readonly last: Json
  readonly receipts: readonly Receipt[]
}

const spanToJson = ({ before, receipts, last }: LogSpan): Json =>
  ({ before: frontierToJson(before), last: jsonOf(last), receipts }) as unknown as Json

const spanFromJson = ({ before: { size, peaks }, receipts, last }: SpanJson): LogSpan => ({
  before: { size, peaks: peaks.map(fromHex) },
  receipts,
  last: encodeCanonicalBytes(last),
})

/** A promise as a node has sent it, alone or inside its answer; undefined when it is none. */
export function readIntake(json: Json): Intake | undefined {
  const { intake = json } = json as { readonly intake?: Json }
  if (typeof intake !== 'object' || Array.isArray(intake)) return undefined
  const { kind, ...rest } = intake as { readonly [field: string]: Json }
  const fits = (kind === undefined || kind === 'accepted') && intakeSchema.explain(rest) === undefined
  return fits ? (rest as unknown as Intake) : undefined
}

/** What such a file shows, and on whose signatures that rests. */
export type JudgedOmission = OmissionVerdict & { readonly trusts: readonly TrustedKey[] }

/**
 * Judges such a file against a pinned genesis: each header in it by its own signatures, then the promise by OMIT-1 to OMIT-6 and OMIT-9.
 * @param node the key of the node that has promised, hexadecimal, as one knows it from elsewhere
 * @example judgeOmission(nodeCrypto, readGenesis(nodeCrypto.sha256, genesis), card.doorKey, fileBytes)
 */
export function judgeOmission(
  crypto: CryptoProvider,
  founded: Founded,
  node: string,
  bytes: Uint8Array,
): JudgedOmission {
  const file = readOmission(bytes)
  if (typeof file === 'string') return unfounded(`the file: ${file}`)
  const { intake, act, since, receipt, absence, log } = file
  if (intake.node !== node) return unfounded(`the promise is of another node, ${intake.node}`)
  const trusts = new Map<string, TrustedKey>()
  const fault =
    hold(trusts, 'the header of the promise', verifySignedHeader(crypto, founded, since)) ??
    (receipt && hold(trusts, 'the receipt', verifyReceipt(crypto, founded, receipt))) ??
    (absence && hold(trusts, 'the row', verifyState(crypto, founded, absence.proof))) ??
    (log && hold(trusts, 'the last receipt', verifyReceipt(crypto, founded, log.last)))
  if (fault !== undefined) return unfounded(fault)
  const verdict = omission(crypto, founded, {
    intake,
    act,
    since: since.header,
    ...(receipt && { receipt: underOwnHeader(receipt) }),
    ...(absence && { absence: { ...underOwnHeader(absence.proof), ids: absence.ids } }),
    ...(log && { log: { ...log, header: underOwnHeader(log.last).header } }),
  })
  return { ...verdict, trusts: [...trusts.values()] }
}

type Held =
  | { readonly ok: true; readonly trusts: readonly TrustedKey[] }
  | { readonly ok: false; readonly reason: string }

function hold(trusts: Map<string, TrustedKey>, what: string, held: Held): string | undefined {
  if (!held.ok) return `${what} does not hold: ${held.reason}`
  for (const each of held.trusts) trusts.set(each.key, each)
  return undefined
}

/** A proof file that has been found to hold, with the header it is under. */
function underOwnHeader(file: Uint8Array): { readonly file: Uint8Array; readonly header: SignedHeader['header'] } {
  const header = readProofHeader(file)
  if (typeof header === 'string') throw new Error(`a file that holds has a header: ${header}`)
  return { file, header }
}

const unfounded = (reason: string): JudgedOmission => ({ verdict: 'unfounded', reason, trusts: [] })

function jsonOf(file: Uint8Array): Json {
  const decoded = decodeCanonical(file, LIMITS)
  if (!decoded.ok) throw new Error(`a proof file is canonical JSON: ${decoded.reason} at byte ${decoded.at}`)
  return decoded.value
}
