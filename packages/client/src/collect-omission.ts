import {
  type Founded,
  type LightBlock,
  PROOF_LIMITS,
  type SignedHeader,
  isInadmissible,
  msFromTime,
  readEnvelope,
  readProofHeader,
  signedHeaderFromJson,
  trustPath,
} from '@dujiang/chain'
import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Client } from './client.ts'
import { collectLog, recordedFrom } from './collect-log.ts'
import { Refused } from './errors.ts'
import type { LightProvider } from './light/index.ts'
import { type OmissionFile, writeOmission } from './omission-file.ts'
import type { Intake } from './types.ts'

const MINUTE_MS = 60_000

/**
 * Asks nodes for what shows whether one of them has kept its promise; any node has it, not only the one that promised. What
 * they say is in the file to be judged, by {@link judgeOmission}. Throws when neither the header of the promise's height is kept
 * nor one after it, and while it takes receipts of sessions that are still open. Rule OMIT-8.
 */
export async function collectOmission(
  client: Client,
  headers: LightProvider,
  crypto: CryptoProvider,
  founded: Founded,
  intake: Intake,
  act: Uint8Array,
): Promise<Uint8Array> {
  const envelope = readEnvelope(crypto.sha256, act)
  if (isInadmissible(envelope)) throw new Error('the act is none')
  const block = await sinceOf(client, headers, intake.height)
  const deadlineMs = msFromTime(block.header.time) + intake.withinSeconds * 1_000
  const receipt = await receiptOf(client, envelope.id)
  const shown = receipt ?? (await absenceOf(client, intake.height, deadlineMs, envelope.body.expires))
  const way = trustOf(shown.receipt ?? shown.absence?.proof ?? shown.log?.last)
  return writeOmission({ intake, act, since: signedHeaderOf(crypto, founded, block, way), ...shown })
}

/** The block of the promise's height; where that is not kept any more, the first after it that recorded something. */
async function sinceOf(client: Client, headers: LightProvider, height: number): Promise<LightBlock> {
  const own = await headers.lightBlock(height)
  if (own?.header.height === height) return own
  const later = await recordedFrom(client, height)
  const block = later === undefined ? undefined : await headers.lightBlock(later)
  if (block === undefined || block.header.height !== later)
    throw new Error(`the header ${height} of the promise is not kept`)
  return block
}

type Outcome = Pick<OmissionFile, 'receipt' | 'absence' | 'log'>

/** The receipt where there is one, provable or not yet. */
async function receiptOf(client: Client, id: string): Promise<Outcome | undefined> {
  try {
    const receipt = await client.proof(id)
    return receipt === undefined ? {} : { receipt }
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  }
}

/** That the act is not in the ledger; nothing while that is not provable. */
async function absenceOf(client: Client, height: number, deadlineMs: number, expires: number): Promise<Outcome> {
  const row = await rowOf(client, expires)
  if (row !== undefined) return row
  const log = await collectLog(client, height, deadlineMs)
  return log === undefined ? {} : { log }
}

/** The row of executed ids, which is small. There is none while a book is open, and none once its minute is over. */
async function rowOf(client: Client, expires: number): Promise<Outcome | undefined> {
  const seen = await client.seen(Math.floor(expires / MINUTE_MS)).catch((error: unknown) => {
    if (error instanceof Refused && error.refusal.name === 'stateSealed') return undefined
    throw error
  })
  if (seen === undefined) return undefined
  const proof = encodeCanonicalBytes(seen.proof)
  const header = readProofHeader(proof)
  const isOver = seen.ids.length === 0 && typeof header !== 'string' && msFromTime(header.time) >= expires
  return isOver ? undefined : { absence: { ids: seen.ids, proof } }
}

/** The way from the genesis file that a proof file has with it. */
function trustOf(proof: Uint8Array | undefined): readonly LightBlock[] {
  const decoded = proof && decodeCanonical(proof, PROOF_LIMITS)
  if (decoded?.ok !== true) return []
  const { chain, commit, header, trust } = decoded.value as { readonly [field: string]: Json }
  const signed = signedHeaderFromJson({ chain, commit, header, ...(trust && { trust }) } as Json)
  return typeof signed === 'string' ? [] : (signed.trust ?? [])
}

function signedHeaderOf(
  crypto: CryptoProvider,
  founded: Founded,
  block: LightBlock,
  way: readonly LightBlock[],
): SignedHeader {
  const { header, commit } = block
  const trust = trustPath(crypto, founded, [...way, block], header) ?? []
  return { chain: founded.chain, header, commit, ...(trust.length === 0 ? {} : { trust }) }
}
