import {
  type Envelope,
  type Founded,
  type Header,
  type VerifiedState,
  isInadmissible,
  msFromTime,
  readEnvelope,
  readReceiptProof,
  seenRow,
  verifyReceipt,
  verifyState,
} from '@dujiang/chain'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { type CryptoProvider, concatBytes, parseHex } from '@dujiang/core/crypto'
import { type LogSpan, isOfLog } from './omission-log.ts'
import type { Intake } from './types.ts'

/** What is known of a promise and of what became of it. The headers are believed: verified by a light client. */
export interface OmissionCase {
  /** The promise, as the node signed it. */
  readonly intake: Intake
  /** The act it is about, as it was sent. */
  readonly act: Uint8Array
  /** The header of the promise's height, or a later one. */
  readonly since: Header
  /** That the act is in the ledger: its receipt's proof file, and the header it is under. */
  readonly receipt?: { readonly file: Uint8Array; readonly header: Header }
  /**
   * That it is not: the proof file of the row of executed ids that expire in the same minute, the header it is under, and those
   * ids in the order of execution; none where there is no such row.
   */
  readonly absence?: { readonly file: Uint8Array; readonly header: Header; readonly ids: readonly string[] }
  /** The same by the receipts from before the promise until its time was over, and the header that the last is proved under. */
  readonly log?: LogSpan & { readonly header: Header }
}

/**
 * *kept*: the act was in a block in time, or expired before. *broken*: it was later, or not at all though the time is over.
 * *open*: nothing shown says either. *unfounded*: what is shown does not belong together.
 */
export type OmissionVerdict =
  | { readonly verdict: 'kept' | 'broken' | 'open'; readonly deadlineMs: number; readonly reason: string }
  | { readonly verdict: 'unfounded'; readonly reason: string }

const TAG = new TextEncoder().encode('dujiang/intake/1\n')

/**
 * Has a node kept what it promised when it took an act in? A pure judgement on what is shown. Rules OMIT-1 to OMIT-6 and OMIT-9.
 * @example omission(crypto, readGenesis(crypto.sha256, genesis), { intake, act, since: (await light.at(intake.height)).header, receipt })
 */
export function omission(crypto: CryptoProvider, founded: Founded, shown: OmissionCase): OmissionVerdict {
  const { intake, act, since, receipt } = shown
  const envelope = readEnvelope(crypto.sha256, act)
  if (isInadmissible(envelope)) return unfounded('the act is none')
  if (envelope.id !== intake.id) return unfounded('the promise is about another act')
  if (intake.chain !== founded.chain || envelope.body.chain !== founded.chain)
    return unfounded('it is of another ledger')
  if (!intakeHolds(crypto, intake)) return unfounded('the promise is not signed by the node it names')
  if (since.height < intake.height) return unfounded(`the header is not the promise's, ${intake.height}`)
  const deadlineMs = msFromTime(since.time) + intake.withinSeconds * 1_000
  const { expires } = envelope.body
  const say = (verdict: 'kept' | 'broken' | 'open', reason: string): OmissionVerdict => ({
    verdict,
    deadlineMs,
    reason,
  })
  // By a later header the time is over later than it was: enough to be broken, too little to be kept.
  const isLater = since.height > intake.height
  const kept = (reason: string): OmissionVerdict =>
    isLater ? say('open', `${reason}: whether in time, block ${since.height} does not tell`) : say('kept', reason)

  if (receipt !== undefined) {
    const proved = verifyReceipt(crypto, founded, receipt.file, receipt.header)
    if (!proved.ok) return unfounded(`the receipt does not hold: ${proved.reason}`)
    if (proved.receipt.id !== intake.id) return unfounded('the receipt is of another act')
    const { time } = proved.receipt
    return time <= deadlineMs ? kept(`in a block of ${time}`) : say('broken', `in a block of ${time} only`)
  }
  if (expires <= deadlineMs) return kept('it expired within the promised time')
  const end = endOf(crypto, founded, envelope, shown)
  if (typeof end === 'object') return 'open' in end ? say('open', end.open) : unfounded(end.unfounded)
  if (end <= deadlineMs) return say('open', `the header is of ${end}: the time is not over`)
  return say('broken', `not in the ledger below the block of ${end}`)
}

/** The time of the first block that may have the act for all that is shown, or why nothing follows. */
type End = number | { readonly open: string } | { readonly unfounded: string }

function endOf(
  crypto: CryptoProvider,
  founded: Founded,
  envelope: Envelope,
  { absence, log, intake }: OmissionCase,
): End {
  if (absence !== undefined) return endOfRow(crypto, founded, envelope, absence)
  return log === undefined ? { open: 'nothing is shown of what became of it' } : endOfLog(crypto, founded, intake, log)
}

/** Did the node named in the promise sign it? Whose key that is, one must know. */
export function intakeHolds(crypto: CryptoProvider, { signature, ...unsigned }: Intake): boolean {
  const [node, bytes] = [parseHex(unsigned.node), parseHex(signature)]
  if (node === undefined || bytes === undefined) return false
  return crypto.verify(
    'ed25519',
    node,
    concatBytes(TAG, encodeCanonicalBytes({ ...unsigned, kind: 'accepted' })),
    bytes,
  )
}

/** By the row of executed ids. Rules OMIT-4 and OMIT-5. */
function endOfRow(
  crypto: CryptoProvider,
  founded: Founded,
  envelope: Envelope,
  { file, header, ids }: NonNullable<OmissionCase['absence']>,
): End {
  const row = verifyState(crypto, founded, file, header)
  if (!row.ok) return { unfounded: `the row does not hold: ${row.reason}` }
  const fault = absenceFault(crypto, envelope, ids, row)
  if (fault !== undefined) return { unfounded: fault }
  // The state under a header is that of the blocks below it: whatever is not in it is in this block at the earliest.
  const timeMs = msFromTime(header.time)
  // The row of a minute that is over may have been dropped, with all the ids in it.
  const isDropped = row.value === undefined && timeMs >= envelope.body.expires
  return isDropped ? { open: `the header is of ${timeMs}, after it expired` } : timeMs
}

function absenceFault(
  { sha256 }: CryptoProvider,
  { id, body }: { readonly id: string; readonly body: { readonly expires: number } },
  ids: readonly string[],
  row: VerifiedState & { readonly ok: true },
): string | undefined {
  const expected = seenRow(sha256, body.expires, ids)
  if (expected === undefined) return 'an id is none'
  if (row.key !== expected.key) return `the row is ${row.key}, not ${expected.key}`
  const claimed = row.value as unknown as { readonly count: number; readonly rolling: string } | undefined
  const same = claimed?.count === expected.value?.count && claimed?.rolling === expected.value?.rolling
  if (!same) return 'the ids are not those of the row'
  return ids.includes(id) ? 'the act is among the ids: it is in the ledger' : undefined
}

/** By the receipts from before the promise on. Rule OMIT-9. */
function endOfLog(
  crypto: CryptoProvider,
  founded: Founded,
  { id, height }: Intake,
  { header, ...span }: NonNullable<OmissionCase['log']>,
): End {
  const proved = verifyReceipt(crypto, founded, span.last, header)
  if (!proved.ok) return { unfounded: `the last receipt does not hold: ${proved.reason}` }
  if (!isOfLog(crypto.sha256, span)) return { unfounded: 'the receipts are not those of the log' }
  const last = proved.receipt
  const first = span.receipts[0] ?? last
  // Of the promise's own block none may be missing: what had been executed before is promised at the height of its block.
  if (span.before.size > 0 && first.height >= height) {
    return { unfounded: `the receipts begin in block ${first.height}, not before the promise` }
  }
  if (last.id === id || span.receipts.some((each) => each.id === id)) {
    return { unfounded: 'the act is among the receipts: it is in the ledger' }
  }
  return isNewest(span.last) ? msFromTime(header.time) : last.time
}

/** Was it the last receipt of the log under its header? Then what comes after it is in the header's block at the earliest. */
function isNewest(file: Uint8Array): boolean {
  const proof = readReceiptProof(file)
  return typeof proof !== 'string' && proof.receipt.index === proof.receipts.size - 1
}

const unfounded = (reason: string): OmissionVerdict => ({ verdict: 'unfounded', reason })
