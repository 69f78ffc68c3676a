import { type Effect, type Misbehaviour, type View, addressOf } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { type ValidatorRow, heightKey, misbehaviours, validators } from './tables.ts'

/**
 * Puts a validator's proven fault on record, so that the members can decide. Nothing else follows by itself, and one that
 * is no validator any more stops nothing.
 */
export function recordFault(
  view: View,
  { kind, address, height, timeMs, power, totalPower }: Misbehaviour,
): readonly Effect[] {
  const known = validatorOfAddress(view, address)
  const who = known === undefined ? {} : { key: known.key, org: known.row.org }
  const fault = { kind, timeMs, power, totalPower, recordedHeight: view.height, ...who }
  const at = [address, heightKey(height)]
  // Of several proofs for one height the first is kept; each has a receipt.
  const recorded = misbehaviours.get(view, ...at) === undefined ? [misbehaviours.put(fault, ...at)] : []
  return [...recorded, { kind: 'event', name: 'validatorMisbehaved', data: { fault: kind, address, height, ...who } }]
}

function validatorOfAddress(
  view: View,
  address: string,
): { readonly key: string; readonly row: ValidatorRow } | undefined {
  for (const [key, row] of validators.entries(view)) {
    if (toHex(addressOf(view.sha256, fromHex(key))) === address) return { key, row }
  }
  return undefined
}
