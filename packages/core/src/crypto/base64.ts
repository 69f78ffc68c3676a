const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const valueOfCode = new Uint8Array(128).fill(255)
for (let value = 0; value < 64; value++) valueOfCode[alphabet.charCodeAt(value)] = value

/** Base64 of RFC 4648 §4, padded. `toBase64(Uint8Array.of(1)) // 'AQ=='` */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!
    text += i + 1 < bytes.length ? alphabet[(group >> 6) & 63]! : '='
    text += i + 2 < bytes.length ? alphabet[group & 63]! : '='
  }
  return text
}

/**
 * The bytes of a base64 text, or undefined when it is not exactly what {@link toBase64} writes: other characters, line
 * breaks, missing padding, or spare bits that are not zero. One value, one spelling.
 * @example parseBase64('AQ==') // Uint8Array [1]
 * @example parseBase64('AR==') // undefined, its last four bits belong to no byte
 */
export function parseBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let bits = 0
  let bitCount = 0
  let length = 0
  for (let i = 0; i < text.length - padding; i++) {
    const value = valueOfCode[text.charCodeAt(i)] ?? 255
    if (value === 255) return undefined
    bits = ((bits << 6) | value) & 0xffff
    bitCount += 6
    if (bitCount >= 8) {
      bitCount -= 8
      bytes[length++] = bits >> bitCount
    }
  }
  const spareBits = bits & ((1 << bitCount) - 1)
  return spareBits === 0 ? bytes : undefined
}
