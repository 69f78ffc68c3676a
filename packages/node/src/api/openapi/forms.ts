import type { Json } from '@dujiang/core/codec'

/** A JSON Schema 2020-12, as the OpenAPI page writes it. */
export type Form = { readonly [keyword: string]: Json }

const safe = Number.MAX_SAFE_INTEGER

export const text = (description?: string): Form => ({ type: 'string', ...said(description) })
export const flag = (description?: string): Form => ({ type: 'boolean', ...said(description) })
export const hex = (bytes: number, description?: string): Form => ({
  type: 'string',
  pattern: `^[0-9a-f]{${2 * bytes}}$`,
  'x-form': `hex ${2 * bytes}`,
  ...said(description),
})
export const id = (description?: string): Form => ({
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$',
  'x-form': 'id',
  ...said(description),
})
export const count = (description?: string, minimum = 0): Form => ({
  type: 'integer',
  minimum,
  maximum: safe,
  ...said(description),
})
export const instant = (description?: string): Form => ({ ...count(description ?? 'UTC milliseconds'), 'x-unit': 'ms' })
export const always = (value: string | number | boolean): Form => ({ const: value })
export const oneOf = (...values: readonly string[]): Form => ({ type: 'string', enum: values })
export const either = (...forms: readonly Form[]): Form => ({ anyOf: forms })
export const list = (items: Form, description?: string): Form => ({ type: 'array', items, ...said(description) })
/** Of a form that another document states. */
export const anyObject = (description: string): Form => ({ type: 'object', description })
export const named = (name: string): Form => ({ $ref: `#/components/schemas/${name}` })

/** An object of these fields; those whose name ends in `?` may be absent. */
export function object(fields: { readonly [field: string]: Form }, description?: string): Form {
  const names = Object.keys(fields)
  const bare = (name: string): string => name.replace('?', '')
  return {
    type: 'object',
    ...said(description),
    properties: Object.fromEntries(names.map((name) => [bare(name), fields[name] as Form])),
    required: names.filter((name) => !name.endsWith('?')),
  }
}

const said = (description: string | undefined): Form => (description === undefined ? {} : { description })
