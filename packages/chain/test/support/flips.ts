/** Do we try every bit of every byte, or one bit of each? */
const everyBit = process.env['DUJIANG_LONG'] === '1'

/** The bytes with one bit changed, once for each byte, a different bit from byte to byte; in a long run all eight. */
export function* flips(bytes: Uint8Array): Iterable<readonly [at: number, changed: Uint8Array]> {
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      if (!everyBit && bit !== (at * 5) % 8) continue
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= 1 << bit
      yield [at, changed]
    }
  }
}

/** The bytes with one hexadecimal digit replaced by another digit, so that the form still holds. */
export function* digitFlips(bytes: Uint8Array): Iterable<readonly [at: number, changed: Uint8Array]> {
  for (let at = 0; at < bytes.length; at++) {
    const digit = '0123456789abcdef'.indexOf(String.fromCharCode(bytes[at]!))
    if (digit === -1) continue
    const changed = Uint8Array.from(bytes)
    changed[at] = '0123456789abcdef'.charCodeAt(digit ^ 1)
    yield [at, changed]
  }
}

export const around = (bytes: Uint8Array, at: number): string =>
  new TextDecoder().decode(bytes.subarray(Math.max(0, at - 30), at + 10))
