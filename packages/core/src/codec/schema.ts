import { type Static, type TEnum, type TSchema, type TUnion, Type } from 'typebox'
import type { Json } from './json.ts'

/** What a field means, in both languages, and the unit its integers count (`Wh`, `fen`, ...). Shown by help and pages. */
export type Doc = { readonly zh: string; readonly en: string; readonly unit?: string }

/** The static type of a schema, read-only all the way down. */
export type Of<S extends TSchema> = DeepReadonly<Static<S>>

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

/** The shapes a string can be asked to have; `text` and `hex` also have a length. */
export type StringForm = 'text' | 'id' | 'hex' | 'date'

type JsonObject = { readonly [key: string]: Json }

type Fields = { [name: string]: TSchema }

/**
 * The whole vocabulary of act schemas (SCHEMA-1). A schema is a TypeBox schema, that is plain JSON Schema 2020-12 with
 * a static type. Only keywords whose verdict is the same everywhere are offered: no `format`, and no `minLength` or
 * `maxLength`, which some validators count in graphemes by the Unicode tables they happen to have.
 * @example
 * const offer = s.object({ volumeWh: s.int(0, 10 ** 12, { zh: '电量', en: 'Volume', unit: 'Wh' }) }, { zh: '申报', en: 'Offer' })
 * type Offer = Of<typeof offer> // { readonly volumeWh: number }
 */
export const s = {
  /** Exactly these fields; any other is refused. Field names are ASCII lowerCamelCase. */
  object<F extends Fields>(fields: F, doc?: Doc & { readonly title?: string }) {
    for (const name of Object.keys(fields).sort()) {
      if (!fieldName.test(name) || name in {}) throw new Error(`SCHEMA-2: not a field name: ${name}`)
    }
    const title = doc?.title === undefined ? {} : { title: doc.title }
    return Type.Object(fields, { ...title, additionalProperties: false, ...documented(doc) })
  },

  /** Any object of canonical JSON: for what another schema checks later. */
  anyObject(doc?: Doc) {
    return Type.Unsafe<JsonObject>({ type: 'object', ...documented(doc) })
  },

  /** The field may be absent. */
  optional<S extends TSchema>(schema: S) {
    return Type.Optional(schema)
  },

  /** A whole number from `min` to `max`, both included, within ±(2^53−1). */
  int(min: number, max: number, doc?: Doc) {
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
      throw new Error(`SCHEMA-3: not a range of safe integers: ${min} to ${max}`)
    }
    return Type.Integer({ minimum: min, maximum: max, ...documented(doc) })
  },

  bool(doc?: Doc) {
    return Type.Boolean(documented(doc))
  },

  /**
   * Free text of `minChars` to `maxChars` Unicode code points (not UTF-16 units): no control character, line break,
   * direction mark or lone surrogate, so that what is signed is what is shown. Not normalised (SCHEMA-4).
   */
  text(maxChars: number, doc?: Doc, minChars = 0) {
    return formed('text', `^[^${unprintable}]{${minChars},${maxChars}}$`, doc, maxChars)
  },

  /** An identifier: 1 to 48 of A-Z a-z 0-9 . _ -, starting with a letter or digit. */
  id(doc?: Doc) {
    return formed('id', '^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$', doc)
  },

  /** `bytes` bytes in lower-case hexadecimal. */
  hex(bytes: number, doc?: Doc) {
    return formed('hex', `^[0-9a-f]{${bytes * 2}}$`, doc, bytes * 2)
  },

  /** A calendar day YYYY-MM-DD that exists, 2000 to 2099. */
  date(doc?: Doc) {
    return formed('date', `^(?:20[0-9]{2}-(?:${dayOfAnyYear})|20(?:[02468][048]|[13579][26])-02-29)$`, doc)
  },

  /** Exactly this string or integer; with `union`, the tag that tells the alternatives apart. */
  literal<V extends string | number>(value: V, doc?: Doc) {
    return Type.Literal(value, documented(doc))
  },

  /** One of these strings. */
  enumOf<V extends string[]>(values: readonly [...V], doc?: Doc): TEnum<V> {
    return Type.Enum<V>(values, { type: 'string', ...documented(doc) })
  },

  /** `min` to `max` items of one kind. */
  list<S extends TSchema>(item: S, size: { readonly min: number; readonly max: number }, doc?: Doc) {
    return Type.Array(item, { minItems: size.min, maxItems: size.max, ...documented(doc) })
  },

  /** One of several objects, told apart by the literal each has in the field `tag`. */
  union<A extends TSchema[]>(tag: string, alternatives: readonly [...A], doc?: Doc): TUnion<A> {
    return Type.Union<A>([...alternatives], { 'x-tag': tag, ...documented(doc) })
  },
}

const fieldName = /^[a-z][A-Za-z0-9]{0,47}$/

const unprintable = [
  '\\u0000-\\u001f\\u007f-\\u009f', // C0, DEL, C1
  '\\u2028\\u2029', // line and paragraph separators
  '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069', // direction marks, overrides and isolates
  '\\ufeff', // byte-order mark
  '\\ud800-\\udfff', // with the u flag: halves of a pair only
].join('')

const dayOfAnyYear = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '02-(?:0[1-9]|1[0-9]|2[0-8])',
].join('|')

function formed(form: StringForm, pattern: string, doc: Doc | undefined, chars?: number) {
  const limit = chars === undefined ? {} : { 'x-chars': chars }
  return Type.String({ pattern, 'x-form': form, ...limit, ...documented(doc) })
}

function documented(doc: Doc | undefined) {
  if (doc === undefined) return {}
  const unit = doc.unit === undefined ? {} : { 'x-unit': doc.unit }
  return { description: doc.en, 'x-description-zh': doc.zh, ...unit }
}
