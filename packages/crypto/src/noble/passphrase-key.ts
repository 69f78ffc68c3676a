import { scryptAsync } from '@noble/hashes/scrypt.js'

/** The AES-256 key of a key file's passphrase: scrypt with N 2^17, r 8, p 1. It takes about a second, and lets others run meanwhile. */
export function passphraseKey(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
  return scryptAsync(passphrase, salt, { N: 2 ** 17, r: 8, p: 1, dkLen: 32, maxmem: 2 ** 28 })
}
