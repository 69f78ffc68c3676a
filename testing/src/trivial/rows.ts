import type { KeyRecord, View } from '@dujiang/chain'

/** An alarm rings once, at `atMs`, and then sets and cancels others. */
export interface Alarm {
  readonly atMs: number
  readonly onRing: readonly OnRing[]
}

export interface OnRing {
  readonly does: 'set' | 'cancel'
  readonly alarm: string
  readonly atMs: number
}

// Every key of the trivial Application's state is made here.
export const tallyKey = (name: string): string => `trivial/tally/${name}`
export const alarmKey = (name: string): string => `trivial/alarm/${name}`
export const rungKey = (name: string): string => `trivial/rung/${name}`
export const orgKeyKey = (org: string, keyId: string): string => `trivial/key/${org}/${keyId}`
export const mutedKey = (org: string): string => `trivial/muted/${org}`
export const QUOTA_KEY = 'trivial/quota'
/** Validators, by key, and how often each was found at fault, by address: rows of the electing Application. */
export const seatKey = (publicKey: string): string => `trivial/seat/${publicKey}`
export const faultKey = (address: string): string => `trivial/fault/${address}`
export const SEAT_PREFIX = seatKey('')
export const TALLY_PREFIX = tallyKey('')

export const tallyOf = (view: View, name: string): number => (view.get(tallyKey(name)) as number | undefined) ?? 0
export const alarmOf = (view: View, name: string): Alarm | undefined =>
  view.get(alarmKey(name)) as unknown as Alarm | undefined
export const rungOf = (view: View, name: string): number => (view.get(rungKey(name)) as number | undefined) ?? 0
export const keyOf = (view: View, org: string, keyId: string): KeyRecord | undefined =>
  view.get(orgKeyKey(org, keyId)) as unknown as KeyRecord | undefined
