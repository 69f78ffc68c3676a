import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'

/** What a doubter may change in a receipt file, each at another step of the proof. */
export const TAMPERINGS = ['space', 'chain', 'act', 'events', 'decision', 'appHash', 'validators', 'signature'] as const
export type Tampering = (typeof TAMPERINGS)[number]

type Fields = { [field: string]: Json }

/** A copy of a receipt file with one thing changed, as somebody would who wants the file to say something else. */
export function tamper(file: Uint8Array, tampering: Tampering): Uint8Array {
  const text = new TextDecoder().decode(file)
  if (tampering === 'space') return new TextEncoder().encode(text.replace('{', '{ '))
  const json = JSON.parse(text) as Fields
  change(json, tampering)
  return encodeCanonicalBytes(json)
}

function change(json: Fields, tampering: Exclude<Tampering, 'space'>): void {
  const within = (...path: readonly string[]): Fields => path.reduce((at, name) => at[name] as Fields, json)
  switch (tampering) {
    case 'chain':
      json['chain'] = flipped(json['chain'])
      break
    case 'act':
      // The doubter's favourite: another amount under the same signature.
      if (json['act'] === undefined) break
      within('act', 'body', 'payload')['changed'] = true
      break
    case 'events':
      json['events'] = [...(json['events'] as readonly Json[]), { data: {}, name: 'changed' }]
      break
    case 'decision': {
      const receipt = within('receipt')
      receipt['code'] = receipt['code'] === 0 ? 1 : 0
      break
    }
    case 'appHash':
    case 'validators': {
      const field = tampering === 'appHash' ? 'appHash' : 'validatorsHash'
      within('header')[field] = flipped(within('header')[field])
      break
    }
    case 'signature': {
      const signatures = within('commit')['signatures'] as readonly Fields[]
      const signed = signatures.find(({ signature }) => typeof signature === 'string' && signature !== '')
      if (signed !== undefined) signed['signature'] = flipped(signed['signature'])
    }
  }
}

/** Hexadecimal with its last digit changed. */
function flipped(hex: Json | undefined): string {
  const text = typeof hex === 'string' ? hex : ''
  return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0')
}
