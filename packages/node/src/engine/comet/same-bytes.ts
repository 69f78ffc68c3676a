/** Same length and same bytes, by the machine's own comparison: these are compared many times a block. */
export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0
