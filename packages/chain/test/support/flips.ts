const everyBit = process.env['DUJIANG_LONG'] === '1'
const DIGITS = '0123456789abcdef'

/**
 * The bytes with one of them changed, for each once: a hexadecimal digit into another one, so that the form still holds,
 * any other byte in one bit. In a long run, every bit of every byte as well.
 */
export function* flips(bytes: Uint8Array): Iterable<readonly [at: number, changed: Uint8Array]> {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    const digit = DIGITS.indexOf(String.fromCharCode(byte))
    yield [at, withByte(bytes, at, digit === -1 ? byte ^ (1 << ((at * 5) % 8)) : DIGITS.charCodeAt(digit ^ 1))]
    for (let bit = 0; everyBit && bit < 8; bit++) yield [at, withByte(bytes, at, byte ^ (1 << bit))]
  }
}

export const around = (bytes: Uint8Array, at: number): string =>
  new TextDecoder().decode(bytes.subarray(Math.max(0, at - 30), at + 10))

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at] = byte
  return changed
}
