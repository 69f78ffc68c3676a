import { concatBytes } from '@dujiang/core/crypto'

const text = new TextEncoder()
export const utf8 = (value: string): Uint8Array<ArrayBuffer> => text.encode(value)

export { concatBytes as concat }

/** Four bytes, most significant first. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
