import { canSeal } from './seal.ts'

const PURPOSE = new TextEncoder().encode('dujiang/drafts/1')

/**
 * The key under which this browser keeps what somebody has typed: made of their signing key, so that it is theirs alone, comes
 * back whenever they sign in, and leaves nothing to be read where only the browser's files are copied. Undefined where the
 * browser offers no cryptography.
 */
export async function personalKey(secret: Uint8Array): Promise<CryptoKey | undefined> {
  if (!canSeal()) return undefined
  const material = await crypto.subtle.importKey('raw', Uint8Array.from(secret), 'HKDF', false, ['deriveKey'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: PURPOSE }
  return crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}
