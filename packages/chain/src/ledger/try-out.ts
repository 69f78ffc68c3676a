import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Understood, signatureHolds, signedOf } from '../admission.ts'
import { type Admission, inadmissible, isInadmissible } from '../admission-refusals.ts'
import type { Refusal } from '../application.ts'
import type { Body } from '../envelope.ts'
import { decideAct } from '../execute/block.ts'
import { lastSequence } from '../execute/sequence.ts'
import type { Event } from '../receipt.ts'
import { Overlay } from '../state/overlay.ts'
import type { Ledger } from './ledger.ts'

/** An act as it would be sent; what a signature alone would cover may be left out. */
export type Wanted = Pick<Body, 'act' | 'v' | 'org' | 'key' | 'payload'> & Partial<Body>

/** What the ledger would decide about an act in a block of this time. */
export type Tried = { readonly timeMs: number } & (
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly refusal: Refusal }
)

const LIFETIME_MS = 60_000
const NO_SIGNATURE = '0'.repeat(128)

/**
 * What would be decided about an act that nobody has signed yet, or why it would not be admitted. Rules TRY-1 to TRY-3.
 * @example tryOut(ledger, { act: 'auction.order.submit', v: 1, org, key, payload }, nowMs)
 */
export function tryOut(ledger: Ledger, wanted: Wanted, timeMs: number): Tried | Admission {
  const { id: chain, domain } = ledger.chain
  const body = { chain, domain, expires: timeMs + LIFETIME_MS, ref: '', sequence: 1, ...wanted }
  const understood = ledger.understand(encodeCanonicalBytes({ body, sig: NO_SIGNATURE } as unknown as Json))
  if (isInadmissible(understood) || wanted.sequence !== undefined) return decided(ledger, understood, timeMs)
  const { envelope, act } = understood
  const route = act.route(envelope.body.payload, envelope.body.org)
  const sequence = lastSequence(ledger.view(timeMs), route) + 1
  return decided(ledger, { act, envelope: { ...envelope, body: { ...envelope.body, sequence } } }, timeMs)
}

/** The same of an act as it was signed, whose signature must hold. */
export function tryOutSigned(ledger: Ledger, bytes: Uint8Array, timeMs: number): Tried | Admission {
  return decided(ledger, ledger.understand(bytes), timeMs, true)
}

/** Nothing changes: the effects are written over the state, and thrown away. */
function decided(
  ledger: Ledger,
  understood: Understood | Admission,
  timeMs: number,
  isSigned = false,
): Tried | Admission {
  if (isInadmissible(understood)) return understood
  const { envelope, act } = understood
  const { org, key: keyId, payload } = envelope.body
  const view = ledger.view(timeMs)
  const key = ledger.admitUnsigned(view, envelope)
  if (isInadmissible(key)) return key
  if (isSigned && !signatureHolds(ledger.crypto, understood, key))
    return inadmissible('badSignature', { org, key: keyId })
  const { person } = key
  const denied = act.permit(view, signedOf(envelope, person))
  if (denied !== undefined) return inadmissible('notPermitted', { refusal: denied.name, ...denied.facts })
  const overlay = new Overlay(ledger.crypto.sha256, ledger.state.values, view)
  const decision = decideAct(overlay, { act, envelope, person, route: act.route(payload, org) })
  if ('refusal' in decision) return { timeMs, accepted: false, refusal: decision.refusal }
  return { timeMs, accepted: true, events: decision.events }
}
