const DIGITS = '0123456789abcdef'

const codeOfDigit = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0))

// Value of a lower-case hex digit by its char code; 255 for every other character below 128.
const digitOfCode = new Uint8Array(128).fill(255)
for (let digit = 0; digit < 16; digit++) digitOfCode[DIGITS.charCodeAt(digit)] = digit

/** Of a long text, so that no call has more arguments than an engine allows. */
const PIECE_BYTES = 4_096

/** Lower-case hexadecimal, two digits a byte. `toHex(Uint8Array.of(0, 255)) // '00ff'` */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= PIECE_BYTES) return pieceToHex(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) text += pieceToHex(bytes.subarray(at, at + PIECE_BYTES))
  return text
}

/** Made at once: what is put together digit by digit has to be made flat before the first look-up, which costs more than all this. */
function pieceToHex(bytes: Uint8Array): string {
  const codes = new Array<number>(2 * bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    codes[2 * i] = codeOfDigit[byte >> 4] as number
    codes[2 * i + 1] = codeOfDigit[byte & 15] as number
  }
  return String.fromCharCode(...codes)
}

/**
 * The bytes of a hexadecimal text, or undefined when it is not what {@link toHex} writes: odd length, upper case, a
 * prefix, a space. One value, one spelling: texts may then be compared instead of bytes. For texts from outside.
 * @example parseHex('00ff') // Uint8Array [0, 255]
 * @example parseHex('00FF') // undefined
 */
export function parseHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = digitOfCode[text.charCodeAt(2 * i)] ?? 255
    const low = digitOfCode[text.charCodeAt(2 * i + 1)] ?? 255
    if (high === 255 || low === 255) return undefined
    bytes[i] = high * 16 + low
  }
  return bytes
}

/** Like {@link parseHex}, for a text already checked (by a schema, or our own): anything else is a defect and throws. */
export function fromHex(text: string): Uint8Array {
  const bytes = parseHex(text)
  if (bytes === undefined) throw new Error('fromHex was given a text that is not lower-case hexadecimal')
  return bytes
}
