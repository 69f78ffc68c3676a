/** Something this browser keeps for somebody, sealed. */
export interface SealedBytes {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly text: Uint8Array<ArrayBuffer>
}

/** Seals under a key, bound to the name it is kept by: what is kept by one name does not open by another. */
export async function sealBytes(bytes: Uint8Array, key: CryptoKey, name: string): Promise<SealedBytes> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = await crypto.subtle.encrypt(parameters(iv, name), key, Uint8Array.from(bytes))
  return { iv, text: new Uint8Array(text) }
}

/** Undefined where it is damaged, or was sealed under another key or name. */
export async function openBytes(
  { iv, text }: SealedBytes,
  key: CryptoKey,
  name: string,
): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, name), key, text))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

const parameters = (iv: Uint8Array<ArrayBuffer>, name: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
})
