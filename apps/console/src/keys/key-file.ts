import { type KeyFile, type PublicPart, keyFileBinding } from '@dujiang/client'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { passphraseKey } from '@dujiang/crypto/noble'

/** The secret in a key file of the command line; undefined when the passphrase is wrong or the file is damaged. */
export async function openKeyFile(file: KeyFile, passphrase: string): Promise<Uint8Array | undefined> {
  const { sealed, secret } = file
  if (sealed === undefined) return fromHex(secret as string)
  const key = await aesKey(await passphraseKey(passphrase, fromHex(sealed.salt)))
  const sealedBytes = fromHex(sealed.text + sealed.tag)
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(fromHex(sealed.iv), file), key, bytesOf(sealedBytes)))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

/** A key file that the command line reads, under a passphrase: the console writes none in the open. */
export async function writeKeyFile(open: PublicPart, secret: Uint8Array, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await aesKey(await passphraseKey(passphrase, salt))
  const sealed = new Uint8Array(await crypto.subtle.encrypt(gcm(iv, open), key, bytesOf(secret)))
  const { org, key: id, scheme, publicKey } = open
  const hex = { iv: toHex(iv), salt: toHex(salt), tag: toHex(sealed.subarray(32)), text: toHex(sealed.subarray(0, 32)) }
  const file: KeyFile = {
    org,
    key: id,
    scheme,
    publicKey,
    kind: 'dujiang-key',
    v: 1,
    sealed: { kdf: 'scrypt-17-8-1', ...hex },
  }
  return `${JSON.stringify(file, null, 1)}\n`
}

const gcm = (iv: Uint8Array, open: PublicPart) => ({
  name: 'AES-GCM',
  iv: bytesOf(iv),
  additionalData: bytesOf(keyFileBinding(open)),
})

const aesKey = (bytes: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytesOf(bytes), 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Web Crypto takes no bytes that might be shared between threads; ours never are. */
const bytesOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)
