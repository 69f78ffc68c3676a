import { isForbiddenKey, type Json, depthMax, keysInOrder } from './json.ts'

export type UnencodableReason =
  | 'notData'
  | 'null'
  | 'notInteger'
  | 'negativeZero'
  | 'unsafeInteger'
  | 'loneSurrogate'
  | 'forbiddenKey'
  | 'tooDeep'

/** The value handed to the encoder has no canonical form: a defect of the caller, who checks a schema first. */
export class Unencodable extends Error {
  override readonly name = 'Unencodable'
  readonly reason: UnencodableReason

  constructor(reason: UnencodableReason) {
    super(`a value without canonical form reached the encoder: ${reason}`)
    this.reason = reason
  }
}

/**
 * The one canonical text of `value` (RFC 8785 within our value domain): keys by UTF-16 code unit, no white space,
 * the shortest escapes. Rules CODEC-1 to CODEC-5; throws `Unencodable` on a value outside the domain.
 * @example encodeCanonical({ b: [1, true], a: '\n' }) // '{"a":"\\n","b":[1,true]}'
 */
export function encodeCanonical(value: Json): string {
  return encodeValue(value, 0)
}

/**
 * The UTF-8 bytes of `encodeCanonical(value)`: what is signed, hashed and sent. Same refusals.
 * @example encodeCanonicalBytes(7) // Uint8Array [0x37]
 */
export function encodeCanonicalBytes(value: Json): Uint8Array<ArrayBuffer> {
  return utf8.encode(encodeCanonical(value))
}

const utf8 = new TextEncoder()

// The parameter is `unknown` because a defect elsewhere (a cast, a Map, an absent field) must not become silent bytes.
function encodeValue(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return encodeString(value)
    case 'number':
      return encodeInteger(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) throw new Unencodable('null')
      if (depth === depthMax) throw new Unencodable('tooDeep')
      return Array.isArray(value) ? encodeArray(value, depth + 1) : encodeObject(value, depth + 1)
    default:
      throw new Unencodable('notData')
  }
}

function encodeInteger(value: number): string {
  if (!Number.isInteger(value)) throw new Unencodable('notInteger')
  if (!Number.isSafeInteger(value)) throw new Unencodable('unsafeInteger')
  if (Object.is(value, -0)) throw new Unencodable('negativeZero')
  return String(value)
}

/** Arrays of integers are most of an order's bytes, and written at once they cost a fifth. */
function areCanonicalIntegers(items: readonly unknown[]): boolean {
  // By index, since `every` would pass over a hole.
  for (let i = 0; i < items.length; i++) if (!Number.isSafeInteger(items[i]) || Object.is(items[i], -0)) return false
  return true
}

const needsCare = /[\u0000-\u001f"\\\ud800-\udfff]/
// With the `u` flag a pair is one character, so the class matches halves only.
const loneSurrogate = /[\ud800-\udfff]/u

function encodeString(value: string): string {
  if (!needsCare.test(value)) return `"${value}"`
  if (loneSurrogate.test(value)) throw new Unencodable('loneSurrogate')
  return JSON.stringify(value)
}

function encodeArray(items: readonly unknown[], depth: number): string {
  if (areCanonicalIntegers(items)) return JSON.stringify(items)
  let text = '['
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ','
    text += encodeValue(items[i], depth)
  }
  return `${text}]`
}

function encodeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new Unencodable('notData')
  const fields = value as Readonly<Record<string, unknown>>
  let text = '{'
  let separator = ''
  for (const key of keysInOrder(fields)) {
    if (isForbiddenKey(key)) throw new Unencodable('forbiddenKey')
    text += `${separator}${encodeString(key)}:${encodeValue(fields[key], depth)}`
    separator = ','
  }
  return `${text}}`
}
