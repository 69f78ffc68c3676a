import type { Words } from './route.ts'
import { type Problem, problem } from './problem.ts'

/** A query parameter a route understands. */
export type Param = {
  readonly name: string
  readonly title: Words
} & (
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly pattern: RegExp }
)

export interface Query {
  text(name: string): string | undefined
  integer(name: string): number | undefined
}

/** Reads a query string; what the route does not know, and what is given twice, is refused. Rule API-6. */
export function readQuery(params: readonly Param[], search: string): Query | Problem {
  const given = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(search)) {
    const param = params.find((each) => each.name === name)
    if (param === undefined) {
      const allowed = params.map((each) => each.name).join(', ') || '-'
      return problem('unknownField', { field: name.slice(0, 100), allowed })
    }
    if (given.has(name)) return problem('badValue', { field: name, rule: 'givenTwice' })
    const fault = faultOf(param, value)
    if (fault !== undefined) return problem('badValue', { field: name, ...fault })
    given.set(name, value)
  }
  return {
    text: (name) => given.get(name),
    integer(name) {
      const value = given.get(name)
      return value === undefined ? undefined : Number(value)
    },
  }
}

function faultOf(param: Param, value: string): Problem['facts'] | undefined {
  switch (param.kind) {
    case 'integer': {
      if (!/^-?(?:0|[1-9][0-9]{0,15})$/.test(value)) return { rule: 'notInteger' }
      if (Number(value) < param.min) return { rule: 'belowMinimum', limit: param.min }
      return Number(value) > param.max ? { rule: 'aboveMaximum', limit: param.max } : undefined
    }
    case 'oneOf':
      return param.values.includes(value) ? undefined : { rule: 'notOneOf', allowed: param.values }
    case 'text':
      return param.pattern.test(value) ? undefined : { rule: 'badPattern', pattern: param.pattern.source }
  }
}

export const afterParam = (title: Words, min = -1): Param => ({
  name: 'after',
  title,
  kind: 'integer',
  min,
  max: Number.MAX_SAFE_INTEGER,
})

export const limitParam = (max: number): Param => ({
  name: 'limit',
  title: { zh: '最多几项', en: 'How many at most' },
  kind: 'integer',
  min: 1,
  max,
})
