import {
  type Founded,
  type LightBlock,
  PROOF_LIMITS,
  type SignedHeader,
  isInadmissible,
  readEnvelope,
  signedHeaderFromJson,
  trustPath,
} from '@dujiang/chain'
import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Client } from './client.ts'
import { Refused } from './errors.ts'
import type { LightProvider } from './light/index.ts'
import { type OmissionFile, writeOmission } from './omission-file.ts'
import type { Intake } from './types.ts'

const MINUTE_MS = 60_000

/**
 * Asks nodes for what shows whether one of them has kept its promise; any node has it, not only the one that promised. What
 * they say is in the file to be judged, by {@link judgeOmission}. Throws when the header of the promise's height is not kept any
 * more, and {@link Refused} `stateSealed` while a session is open.
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
  const block = await headers.lightBlock(intake.height)
  if (block?.header.height !== intake.height) throw new Error(`the header ${intake.height} of the promise is not kept`)
  const shown = await outcomeOf(client, envelope.id, Math.floor(envelope.body.expires / MINUTE_MS))
  const way = trustOf(shown.receipt ?? shown.absence?.proof)
  return writeOmission({ intake, act, since: signedHeaderOf(crypto, founded, block, way), ...shown })
}

/** The receipt where there is one; where there is none, that the act is not in the ledger; nothing while neither is provable. */
async function outcomeOf(
  client: Client,
  id: string,
  minute: number,
): Promise<Pick<OmissionFile, 'receipt' | 'absence'>> {
  try {
    const receipt = await client.proof(id)
    return receipt === undefined ? {} : { receipt }
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error
  }
  const seen = await client.seen(minute)
  return seen === undefined ? {} : { absence: { ids: seen.ids, proof: encodeCanonicalBytes(seen.proof) } }
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
