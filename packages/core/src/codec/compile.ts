import type { TSchema } from 'typebox'
import { explainerOf } from './explainer.ts'
import type { Json } from './json.ts'
import type { Problem } from './problem.ts'
import type { Of } from './schema.ts'

export type Compiled<T> = {
  /** Does the value obey the schema? */
  check(value: unknown): value is T
  /** The first problem in document order, or undefined when there is none. */
  explain(value: unknown): Problem | undefined
  /** The schema as plain JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
  readonly jsonSchema: { readonly [keyword: string]: Json }
}

/**
 * Turn a schema into a checker made of closures. No code is generated, so it also runs where `eval` is forbidden;
 * check and explain are one function and cannot disagree. Throws on a schema written outside the vocabulary `s`.
 * @example compile(s.bool({ zh: '是', en: 'Yes' })).explain(1) // { path: '', rule: 'wrongType', expected: 'boolean' }
 */
export function compile<S extends TSchema>(schema: S): Compiled<Of<S>> {
  const explain = explainerOf(schema)
  return {
    check: (value): value is Of<S> => explain(value) === undefined,
    explain,
    jsonSchema: JSON.parse(JSON.stringify(schema)) as { readonly [keyword: string]: Json },
  }
}
