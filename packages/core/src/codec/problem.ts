import type { StringForm } from './schema.ts'

/** The first rule a value breaks; the names are permanent (SCHEMA-5). */
export type Rule =
  | { readonly rule: 'missing' }
  | { readonly rule: 'unknownField' }
  | { readonly rule: 'wrongType'; readonly expected: 'object' | 'array' | 'integer' | 'string' | 'boolean' }
  | { readonly rule: 'belowMinimum'; readonly limit: number }
  | { readonly rule: 'aboveMaximum'; readonly limit: number }
  | { readonly rule: 'badPattern'; readonly form: StringForm; readonly chars?: number }
  | { readonly rule: 'tooFew'; readonly limit: number }
  | { readonly rule: 'tooMany'; readonly limit: number }
  | { readonly rule: 'notOneOf'; readonly allowed: readonly (string | number)[] }

/** `path` is a JSON pointer (RFC 6901) into the value; for `missing`, to where the field should be. */
export type Problem = Rule & { readonly path: string }

export type Explain = (value: unknown) => Problem | undefined

export function problem(rule: Rule): Problem {
  return { path: '', ...rule }
}

/** The same problem seen from one level further out. */
export function within(step: string | number, inner: Problem): Problem {
  const escaped = String(step).replaceAll('~', '~0').replaceAll('/', '~1')
  return { ...inner, path: `/${escaped}${inner.path}` }
}
