import { parseHex } from '@dujiang/core/crypto'

/** What is wrong with a JSON value, and where: a JSON pointer. */
export type JsonFault = {
  readonly reason:
    | 'wrongType'
    | 'missing'
    | 'unknownField'
    | 'outOfRange'
    | 'tooMany'
    | 'badHex'
    | 'wrongLength'
    | 'inconsistent'
  readonly path: string
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: JsonFault }

/** Reads one JSON value found at `path`; gives its typed value or the first fault in it. */
export type Reader<T> = (value: unknown, path: string) => Parsed<T>

const accept = <T>(value: T): Parsed<T> => ({ ok: true, value })
const refuse = (reason: JsonFault['reason'], path: string): Parsed<never> => ({ ok: false, fault: { reason, path } })

/** An integer from `min` to `max`. */
export function int(min: number, max: number): Reader<number> {
  return (value, path) => {
    if (typeof value !== 'number') return refuse('wrongType', path)
    // -0 would not come back: it has no spelling in canonical JSON.
    const whole = Number.isSafeInteger(value) && !Object.is(value, -0)
    return whole && value >= min && value <= max ? accept(value) : refuse('outOfRange', path)
  }
}

/** Lower-case hexadecimal of one of the given numbers of bytes. */
export function hex(...byteLengths: readonly number[]): Reader<Uint8Array> {
  return (value, path) => {
    if (typeof value !== 'string') return refuse('wrongType', path)
    if (!byteLengths.includes(value.length / 2)) return refuse('wrongLength', path)
    const bytes = parseHex(value)
    return bytes === undefined ? refuse('badHex', path) : accept(bytes)
  }
}

/** A text that `isValid` accepts. */
export function text(isValid: (value: string) => boolean): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string') return refuse('wrongType', path)
    return isValid(value) ? accept(value) : refuse('outOfRange', path)
  }
}

/** An object with exactly these fields. */
export function fields<T extends object>(readers: { readonly [K in keyof T & string]: Reader<T[K]> }): Reader<T> {
  const names = Object.keys(readers).sort() as (keyof T & string)[]
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('wrongType', path)
    const record = value as Readonly<Record<string, unknown>>
    for (const name of Object.keys(record).sort()) {
      if (!Object.hasOwn(readers, name)) return refuse('unknownField', `${path}/${name}`)
    }
    const whole: Partial<T> = {}
    for (const name of names) {
      if (!Object.hasOwn(record, name)) return refuse('missing', `${path}/${name}`)
      const part = readers[name](record[name], `${path}/${name}`)
      if (!part.ok) return part
      whole[name] = part.value
    }
    return accept(whole as T)
  }
}

/** An array of at most `countMax` elements. */
export function list<T>(element: Reader<T>, countMax: number): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse('wrongType', path)
    if (value.length > countMax) return refuse('tooMany', path)
    const whole: T[] = []
    for (let i = 0; i < value.length; i++) {
      const part = element(value[i], `${path}/${i}`)
      if (!part.ok) return part
      whole.push(part.value)
    }
    return accept(whole)
  }
}

/** What `reader` reads, if its parts also fit together. */
export function consistent<T>(reader: Reader<T>, fits: (value: T) => boolean): Reader<T> {
  return (value, path) => {
    const parsed = reader(value, path)
    return parsed.ok && !fits(parsed.value) ? refuse('inconsistent', path) : parsed
  }
}

/** What `reader` reads, in another form. */
export function mapped<A, B>(reader: Reader<A>, change: (value: A) => B): Reader<B> {
  return (value, path) => {
    const parsed = reader(value, path)
    return parsed.ok ? accept(change(parsed.value)) : parsed
  }
}
