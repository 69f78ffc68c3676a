/** The few forms of DER (X.690) that a certificate is made of: each is its tag, its length and its content. */
type Part = Uint8Array

function tlv(tag: number, ...parts: readonly Part[]): Part {
  const content = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content])
}

function lengthOf(bytes: number): Part {
  if (bytes < 0x80) return Uint8Array.of(bytes)
  return bytes < 0x100 ? Uint8Array.of(0x81, bytes) : Uint8Array.of(0x82, bytes >> 8, bytes & 0xff)
}

/** Seven bits a byte, all but the last with the high bit set; the first two numbers share one. */
function oid(dotted: string): Part {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap((number) => {
    const groups = [number & 0x7f]
    for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return tlv(0x06, Uint8Array.from(bytes))
}

export const der = {
  sequence: (...parts: readonly Part[]): Part => tlv(0x30, ...parts),
  set: (...parts: readonly Part[]): Part => tlv(0x31, ...parts),
  oid,
  /** A whole number that is not negative, from its bytes: a leading zero keeps it so. */
  integer: (bytes: Part): Part =>
    tlv(0x02, (bytes[0] as number) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes),
  truth: (): Part => tlv(0x01, Uint8Array.of(0xff)),
  text: (text: string): Part => tlv(0x0c, Buffer.from(text)),
  octets: (bytes: Part): Part => tlv(0x04, bytes),
  bits: (bytes: Part, unused = 0): Part => tlv(0x03, Uint8Array.of(unused), bytes),
  /** Two digits for the year up to 2049, four from then on, as RFC 5280 wants it. */
  time(date: Date): Part {
    const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '')
    return date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits))
  },
  /** A form with a tag of the context: `constructed` when it holds others. */
  context: (tag: number, constructed: boolean, ...parts: readonly Part[]): Part =>
    tlv((constructed ? 0xa0 : 0x80) | tag, ...parts),
}
