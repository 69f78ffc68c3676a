import {
  type Founded,
  type Header,
  type VerifiedState,
  isInadmissible,
  msFromTime,
  readEnvelope,
  seenRow,
  verifyReceipt,
  verifyState,
} from '@dujiang/chain'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { type CryptoProvider, concatBytes, parseHex } from '@dujiang/core/crypto'
import type { Intake } from './types.ts'

/** What is known of a promise and of what became of it. The headers are believed: verified by a light client. */
export interface OmissionCase {
  /** The promise, as the node signed it. */
  readonly intake: Intake
  /** The act it is about, as it was sent. */
  readonly act: Uint8Array
  /** The header of the promise's height. */
  readonly since: Header
  /** That the act is in the ledger: its receipt's proof file, and the header it is under. */
  readonly receipt?: { readonly file: Uint8Array; readonly header: Header }
  /**
   * That it is not: the proof file of the row of executed ids that expire in the same minute, the header it is under, and those
   * ids in the order of execution; none where there is no such row.
   */
  readonly absence?: { readonly file: Uint8Array; readonly header: Header; readonly ids: readonly string[] }
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
 * Has a node kept what it promised when it took an act in? A pure judgement on what is shown. Rules OMIT-1 to OMIT-6.
 * @example omission(crypto, readGenesis(crypto.sha256, genesis), { intake, act, since: (await light.at(intake.height)).header, receipt })
 */
export function omission(crypto: CryptoProvider, founded: Founded, shown: OmissionCase): OmissionVerdict {
  const { intake, act, since, receipt, absence } = shown
  const envelope = readEnvelope(crypto.sha256, act)
  if (isInadmissible(envelope)) return unfounded('the act is none')
  if (envelope.id !== intake.id) return unfounded('the promise is about another act')
  if (intake.chain !== founded.chain || envelope.body.chain !== founded.chain)
    return unfounded('it is of another ledger')
  if (!intakeHolds(crypto, intake)) return unfounded('the promise is not signed by the node it names')
  if (since.height !== intake.height) return unfounded(`the header is not the promise's, ${intake.height}`)
  const deadlineMs = msFromTime(since.time) + intake.withinSeconds * 1_000
  const { expires } = envelope.body
  const say = (verdict: 'kept' | 'broken' | 'open', reason: string): OmissionVerdict => ({
    verdict,
    deadlineMs,
    reason,
  })

  if (receipt !== undefined) {
    const proved = verifyReceipt(crypto, founded, receipt.file, receipt.header)
    if (!proved.ok) return unfounded(`the receipt does not hold: ${proved.reason}`)
    if (proved.receipt.id !== intake.id) return unfounded('the receipt is of another act')
    const { time } = proved.receipt
    return time <= deadlineMs ? say('kept', `in a block of ${time}`) : say('broken', `in a block of ${time} only`)
  }
  if (expires <= deadlineMs) return say('kept', 'it expired within the promised time')
  if (absence === undefined) return say('open', 'nothing is shown of what became of it')
  const row = verifyState(crypto, founded, absence.file, absence.header)
  if (!row.ok) return unfounded(`the row does not hold: ${row.reason}`)
  const fault = absenceFault(crypto, envelope, absence.ids, row)
  if (fault !== undefined) return unfounded(fault)
  // The state under a header is that of the blocks below it: whatever is not in it is in this block at the earliest.
  const timeMs = msFromTime(absence.header.time)
  if (timeMs <= deadlineMs) return say('open', `the header is of ${timeMs}: the time is not over`)
  // The row of a minute that is over may have been dropped, with all the ids in it.
  if (row.value === undefined && timeMs >= expires) return say('open', `the header is of ${timeMs}, after it expired`)
  return say('broken', `not in the ledger below the block of ${timeMs}`)
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

const unfounded = (reason: string): OmissionVerdict => ({ verdict: 'unfounded', reason })
