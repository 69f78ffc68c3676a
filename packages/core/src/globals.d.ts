// The only two platform objects the pure ring may use: both are fixed by the Encoding standard for UTF-8, exist alike in
// Node and every browser, and depend on nothing around them.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
  encodeInto(text: string, into: Uint8Array): { read: number; written: number }
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array): string
}
