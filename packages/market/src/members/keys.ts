import type { Refusal, View } from '@dujiang/chain'
import { type Scheme, checkPublicKey, fromHex, keyId } from '@dujiang/core/crypto'
import type { KeyFields } from './key-fields.ts'
import { memberRefusals } from './refusals.ts'
import { type OrgKey, admissions, keys, orgs } from './tables.ts'

const { refuse } = memberRefusals

/** The id of a key given as fields, or why it cannot be registered. */
export function usableKey({ sha256 }: Pick<View, 'sha256'>, fields: KeyFields): { readonly id: string } | Refusal {
  const bytes = publicKeyBytes(fields.publicKey)
  if (bytes === undefined) return refuse.keyUnusable({ reason: 'notHexadecimal' })
  const fault = checkPublicKey(fields.scheme as Scheme, bytes)
  if (fault !== undefined) return refuse.keyUnusable({ reason: fault })
  if (fields.fromMs >= fields.untilMs) return refuse.validityEmpty({ fromMs: fields.fromMs, untilMs: fields.untilMs })
  return { id: keyId(sha256, fields.scheme as Scheme, bytes) }
}

function publicKeyBytes(hex: string): Uint8Array | undefined {
  return /^(?:[0-9a-f]{2})+$/.test(hex) ? fromHex(hex) : undefined
}

export const putKey = (org: string, id: string, fields: KeyFields, sinceMs: number) =>
  keys.put({ ...fields, scheme: fields.scheme as Scheme, sinceMs }, org, id)

export const isLive = (key: Pick<OrgKey, 'fromMs' | 'untilMs'>, timeMs: number): boolean =>
  key.fromMs <= timeMs && timeMs < key.untilMs

/** The id of a key with which the organisation can sign now. */
export function liveKey(view: View, org: string): string | undefined {
  for (const [id, key] of keys.entries(view, org)) if (isLive(key, view.timeMs)) return id
  return undefined
}

/** Whose keys may this organisation manage: its own, and those of members whose every role it may admit. */
export function mayManage(view: View, signer: string, org: string): boolean {
  if (signer === org) return true
  const target = orgs.get(view, org)
  return target !== undefined && target.roles.every((role) => mayAdmit(view, signer, role))
}

export function mayAdmit(view: View, signer: string, role: string): boolean {
  const roles = orgs.get(view, signer)?.roles ?? []
  return roles.some((own) => (admissions.get(view, own) ?? []).some((admitted) => admitted === role))
}
