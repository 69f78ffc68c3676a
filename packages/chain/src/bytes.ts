import { concatBytes } from '@dujiang/core/crypto'

const text = new TextEncoder()
export const utf8 = (value: string): Uint8Array<ArrayBuffer> => text.encode(value)

export { concatBytes as concat }
