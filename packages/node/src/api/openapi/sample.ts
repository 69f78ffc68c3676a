import type { Json } from '@dujiang/core/codec'

type Schema = { readonly [keyword: string]: Json }

/**
 * A value that such a schema admits, to show how it looks: fields take the Application's own samples by their name where
 * these fit, else the smallest value there is.
 * @example sampleOf({ type: 'integer', minimum: 3 }, {}) // 3
 */
export function sampleOf(schema: Schema, samples: { readonly [field: string]: Json }, field = ''): Json {
  const known = samples[field]
  if (known !== undefined && fits(schema, known)) return known
  if (schema['const'] !== undefined) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as Json
  const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined
  if (choices !== undefined) return sampleOf(choices[0] as Schema, samples, field)
  switch (schema['type']) {
    case 'object':
      return objectSample(schema, samples)
    case 'array': {
      const length = Math.max(1, Number(schema['minItems'] ?? 0))
      return Array.from({ length }, () => sampleOf(schema['items'] as Schema, samples, field))
    }
    case 'integer':
      return Math.max(0, Number(schema['minimum'] ?? 0))
    case 'boolean':
      return false
    default:
      return textSample(schema)
  }
}

function objectSample({ properties = {}, required = [] }: Schema, samples: Schema): Json {
  const fields = properties as { readonly [field: string]: Schema }
  return Object.fromEntries(
    (required as readonly string[]).map((field) => [field, sampleOf(fields[field] as Schema, samples, field)]),
  )
}

function textSample(schema: Schema): string {
  const digits = /\{(\d+)\}\$$/.exec(patternOf(schema))?.[1]
  if (digits !== undefined) return '0'.repeat(Number(digits))
  return 'X'.repeat(Math.max(1, Number(schema['minLength'] ?? 0)))
}

function fits(schema: Schema, value: Json): boolean {
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value)
  const { type } = schema
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') {
    if (typeof value !== 'number') return false
    return value >= Number(schema['minimum'] ?? -Infinity) && value <= Number(schema['maximum'] ?? Infinity)
  }
  if (type === 'string') return typeof value === 'string' && new RegExp(patternOf(schema), 'u').test(value)
  return type === 'boolean' && typeof value === 'boolean'
}

const patternOf = ({ pattern }: Schema): string => (typeof pattern === 'string' ? pattern : '')
