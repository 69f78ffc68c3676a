import { isForbiddenKey, type Json, depthMax } from './json.ts'

export type RefusedReason =
  | 'malformed'
  | 'notCanonical'
  | 'trailingBytes'
  | 'null'
  | 'notInteger'
  | 'negativeZero'
  | 'unsafeInteger'
  | 'duplicateKey'
  | 'forbiddenKey'
  | 'tooDeep'
  | 'tooManyItems'
  | 'tooManyKeys'

/** Carries a refusal out of the recursion; not an Error, because a stack trace per hostile byte would be a gift. */
export class Refused {
  readonly reason: RefusedReason
  readonly index: number
  readonly limit: number | undefined

  constructor(reason: RefusedReason, index: number, limit?: number) {
    this.reason = reason
    this.index = index
    this.limit = limit
  }
}

const quote = 0x22
const comma = 0x2c
const minus = 0x2d
const zero = 0x30
const nine = 0x39
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const letterU = 0x75
const openBrace = 0x7b
const closeBrace = 0x7d

/**
 * One pass over a text that reads JSON and checks canonical form as it goes: cheaper than parsing, encoding again and
 * comparing, and every refusal knows its place. Indexes are UTF-16 code units; past the end `charCodeAt` is NaN, which
 * equals nothing and so falls into `malformed`.
 */
export class Scanner {
  readonly #text: string
  readonly #itemsMax: number
  readonly #keysMax: number
  #at = 0

  constructor(text: string, itemsMax: number, keysMax: number) {
    this.#text = text
    this.#itemsMax = itemsMax
    this.#keysMax = keysMax
  }

  document(): Json {
    const value = this.#value(0)
    if (this.#at < this.#text.length) throw new Refused('trailingBytes', this.#at)
    return value
  }

  #value(depth: number): Json {
    const code = this.#text.charCodeAt(this.#at)
    if (code === quote) return this.#string()
    if (code === minus || (code >= zero && code <= nine)) return this.#integer()
    if (code === openBracket) return this.#array(depth + 1)
    if (code === openBrace) return this.#object(depth + 1)
    if (this.#text.startsWith('true', this.#at)) {
      this.#at += 4
      return true
    }
    if (this.#text.startsWith('false', this.#at)) {
      this.#at += 5
      return false
    }
    if (this.#text.startsWith('null', this.#at)) throw new Refused('null', this.#at)
    throw this.#unexpected()
  }

  #array(depth: number): Json {
    if (depth > depthMax) throw new Refused('tooDeep', this.#at, depthMax)
    this.#at++
    const items: Json[] = []
    if (this.#text.charCodeAt(this.#at) === closeBracket) {
      this.#at++
      return items
    }
    for (;;) {
      if (items.length === this.#itemsMax) throw new Refused('tooManyItems', this.#at, this.#itemsMax)
      items.push(this.#value(depth))
      const code = this.#text.charCodeAt(this.#at)
      if (code === closeBracket) break
      if (code !== comma) throw this.#unexpected()
      this.#at++
    }
    this.#at++
    return items
  }

  #object(depth: number): Json {
    if (depth > depthMax) throw new Refused('tooDeep', this.#at, depthMax)
    this.#at++
    const fields: Record<string, Json> = {}
    if (this.#text.charCodeAt(this.#at) === closeBrace) {
      this.#at++
      return fields
    }
    let before: string | undefined
    for (let count = 1; ; count++) {
      if (count > this.#keysMax) throw new Refused('tooManyKeys', this.#at, this.#keysMax)
      const keyAt = this.#at
      if (this.#text.charCodeAt(keyAt) !== quote) throw this.#unexpected()
      const key = this.#string()
      if (before !== undefined && key <= before) {
        throw new Refused(Object.hasOwn(fields, key) ? 'duplicateKey' : 'notCanonical', keyAt)
      }
      if (isForbiddenKey(key)) throw new Refused('forbiddenKey', keyAt)
      before = key
      if (this.#text.charCodeAt(this.#at) !== colon) throw this.#unexpected()
      this.#at++
      fields[key] = this.#value(depth)
      const code = this.#text.charCodeAt(this.#at)
      if (code === closeBrace) break
      if (code !== comma) throw this.#unexpected()
      this.#at++
    }
    this.#at++
    return fields
  }

  #integer(): number {
    const text = this.#text
    const start = this.#at
    const negative = text.charCodeAt(start) === minus
    const first = negative ? start + 1 : start
    let at = first
    let value = 0
    let code = text.charCodeAt(at)
    while (code >= zero && code <= nine) {
      value = value * 10 + (code - zero)
      code = text.charCodeAt(++at)
    }
    this.#at = at
    if (at === first) throw this.#unexpected()
    if (text.charCodeAt(first) === zero && at > first + 1) throw new Refused('malformed', first)
    // '.', 'e', 'E': perhaps a whole number after all, but never the canonical spelling of one.
    if (code === 0x2e || code === 0x65 || code === 0x45) throw new Refused('notInteger', start)
    // Rounding while adding digits cannot hide an excess: it never brings a number past 2^53 back below it.
    if (value > Number.MAX_SAFE_INTEGER) throw new Refused('unsafeInteger', start)
    if (!negative) return value
    if (value === 0) throw new Refused('negativeZero', start)
    return -value
  }

  #string(): string {
    const text = this.#text
    const start = this.#at + 1
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        this.#at = at + 1
        return text.slice(start, at)
      }
      if (code === backslash) return this.#escapedString(start, at)
      if (!(code >= 0x20)) throw new Refused('malformed', at)
    }
  }

  /** The same string from its first backslash on; only the escapes RFC 8785 writes are canonical. */
  #escapedString(start: number, firstEscape: number): string {
    const text = this.#text
    let read = ''
    let plainFrom = start
    for (let at = firstEscape; ; ) {
      const code = text.charCodeAt(at)
      if (code === backslash) {
        const length = text.charCodeAt(at + 1) === letterU ? 6 : 2
        const spelled = text.slice(at, at + length)
        const meant = unescape.get(spelled)
        if (meant === undefined) throw new Refused(otherEscape.test(spelled) ? 'notCanonical' : 'malformed', at)
        read += text.slice(plainFrom, at) + meant
        at += length
        plainFrom = at
      } else if (code === quote) {
        this.#at = at + 1
        return read + text.slice(plainFrom, at)
      } else if (code >= 0x20) {
        at++
      } else {
        throw new Refused('malformed', at)
      }
    }
  }

  /** White space between tokens is JSON, only not canonical; anything else is not JSON. */
  #unexpected(): Refused {
    const code = this.#text.charCodeAt(this.#at)
    const blank = code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
    return new Refused(blank ? 'notCanonical' : 'malformed', this.#at)
  }
}

/** Canonical escape → character. */
const unescape: ReadonlyMap<string, string> = new Map(
  ['"', '\\', ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code))].map((character) => [
    JSON.stringify(character).slice(1, -1),
    character,
  ]),
)
const otherEscape = /^\\(?:\/|u[0-9a-fA-F]{4})$/
