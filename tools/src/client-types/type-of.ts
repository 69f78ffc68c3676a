import type { Schema } from './schema.ts'

/**
 * The TypeScript type of a schema. Type aliases and no interfaces, so that a value counts as JSON.
 * @example typeOf({ type: 'array', items: { type: 'integer' } }) // 'readonly number[]'
 */
export function typeOf(schema: Schema, indent = ''): string {
  const { $ref, properties } = schema
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  if (properties !== undefined) return objectType(properties, schema.required ?? [], indent)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map((choice) => typeOf(choice, indent)).join(' | ')
  switch (schema.type) {
    case 'array':
      return listType(typeOf(schema.items ?? {}, indent))
    case 'integer':
      return 'number'
    case 'object':
      return '{ readonly [field: string]: Json }'
    case 'string':
    case 'boolean':
      return schema.type
    default:
      return 'Json'
  }
}

/** A doc comment with what the schema says of itself; nothing where it says nothing. */
export function commentOf({ description, 'x-unit': unit }: Schema, indent = ''): string {
  const said = [description, unit].filter((part) => part !== undefined && part !== '').join('; ')
  return said === '' ? '' : `${indent}/** ${said} */\n`
}

function objectType(fields: NonNullable<Schema['properties']>, required: readonly string[], indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(fields).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?'
    return `${commentOf(field, inner)}${inner}readonly ${name}${mark}: ${typeOf(field, inner)}`
  })
  return `{\n${lines.join('\n')}\n${indent}}`
}

const listType = (item: string): string => (/^\w+$/.test(item) ? `readonly ${item}[]` : `readonly (${item})[]`)

const literal = (value: string | number | boolean): string => (typeof value === 'string' ? `'${value}'` : String(value))
