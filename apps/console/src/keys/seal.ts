import { type PublicPart, keyFileBinding } from '@dujiang/client'

/**
 * A private key as this browser keeps it, sealed twice: by what the passphrase makes, and over that by a key of the browser
 * that no script can read. A copy of the browser's files without the passphrase opens nothing, nor does the passphrase with
 * these bytes alone.
 */
export interface Sealed {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iv: Uint8Array<ArrayBuffer>
  readonly outerIv: Uint8Array<ArrayBuffer>
  readonly text: Uint8Array<ArrayBuffer>
}

/** Rounds of PBKDF2 with SHA-256, as OWASP asks for; what the browser has without further code. */
const ROUNDS = 600_000

/** Is there a Web Crypto here? Browsers keep it from pages that came in the clear over a network. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined

/** The browser's own key: it can be used and stored, and not read. */
export function newWrappingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export async function seal(
  secret: Uint8Array,
  passphrase: string,
  wrapping: CryptoKey,
  open: PublicPart,
): Promise<Sealed> {
  const [salt, iv, outerIv] = [random(16), random(12), random(12)]
  const additionalData = keyFileBinding(open) as Uint8Array<ArrayBuffer>
  const key = await passphraseKey(passphrase, salt)
  const inner = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, Uint8Array.from(secret))
  const outer = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: outerIv, additionalData }, wrapping, inner)
  return { salt, iv, outerIv, text: new Uint8Array(outer) }
}

/** The secret, or undefined when the passphrase is wrong or the bytes are damaged. */
export async function unseal(
  { salt, iv, outerIv, text }: Sealed,
  passphrase: string,
  wrapping: CryptoKey,
  open: PublicPart,
): Promise<Uint8Array | undefined> {
  const additionalData = keyFileBinding(open) as Uint8Array<ArrayBuffer>
  try {
    const inner = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: outerIv, additionalData }, wrapping, text)
    const key = await passphraseKey(passphrase, salt)
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, inner))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

async function passphraseKey(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFC'))
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }
  return crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))
