import type { Json } from '@dujiang/core/codec'

type Keywords = { readonly [keyword: string]: Json }

/** One row of an act's table of fields. */
interface FieldRow {
  readonly path: string
  readonly form: string
  readonly zh: string
  readonly en: string
}

/** Every field of a payload, outermost first and in the order in which the schema names them; under a union `change<add>.key`. */
export function fieldRows(schema: Keywords, path = ''): readonly FieldRow[] {
  const { properties = {}, required = [], items, anyOf } = schema
  if (items !== undefined) return fieldRows(items as Keywords, `${path}[]`)
  if (anyOf !== undefined) {
    return alternativesOf(schema).flatMap(({ name, fields }) => fieldRows(fields, `${path}<${name}>`))
  }
  return Object.entries(properties as { readonly [name: string]: Keywords }).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const optional = (required as readonly string[]).includes(name) ? '' : ', optional'
    const unit = field['x-unit'] === undefined ? '' : ` ${field['x-unit'] as string}`
    const words = { zh: (field['x-description-zh'] ?? '') as string, en: (field['description'] ?? '') as string }
    return [{ path: at, form: `${formOf(field)}${unit}${optional}`, ...words }, ...fieldRows(field, at)]
  })
}

/** The objects a union may be, by the value each has in the field that tells them apart. */
function alternativesOf({
  anyOf,
  'x-tag': tag,
}: Keywords): readonly { readonly name: string; readonly fields: Keywords }[] {
  return (anyOf as readonly Keywords[]).map((fields) => {
    const { const: name } = (fields['properties'] as { readonly [name: string]: Keywords })[tag as string] as Keywords
    return { name: name as string, fields }
  })
}

function formOf(field: Keywords): string {
  const { type, items, minItems, maxItems, minimum, maximum } = field
  if (field['enum'] !== undefined)
    return `one of ${(field['enum'] as readonly Json[]).map((value) => `\`${value as string}\``).join(' ')}`
  if (field['const'] !== undefined) return `\`${field['const'] as string}\``
  if (field['anyOf'] !== undefined) {
    return `one of ${alternativesOf(field)
      .map(({ name }) => `\`${name}\``)
      .join(' ')}`
  }
  if (items !== undefined) return `list ${minItems as number}…${maxItems as number} of ${formOf(items as Keywords)}`
  if (type === 'integer') return `integer ${bound(minimum as number)} … ${bound(maximum as number)}`
  const form = field['x-form']
  if (form === 'text' || form === 'hex') return `${form} ${field['x-chars'] as number}`
  return (form ?? type) as string
}

const bound = (value: number): string => {
  if (value === Number.MAX_SAFE_INTEGER) return '2⁵³−1'
  if (value === Number.MIN_SAFE_INTEGER) return '−(2⁵³−1)'
  return String(value)
}
