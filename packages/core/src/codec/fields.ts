import type { TSchema } from 'typebox'
import { type Node, nodeOf } from './node.ts'
import type { StringForm } from './schema.ts'

/** One line of a help text or reference page. */
export type FieldHelp = {
  /** `volumesWh`, `periods[].from`; under a union, `payload<offer>.priceMilliFenPerMwh`. */
  readonly path: string
  readonly kind: 'object' | 'list' | 'integer' | 'boolean' | 'oneOf' | 'union' | StringForm
  readonly required: boolean
  readonly zh?: string
  readonly en?: string
  readonly unit?: string
  /** Smallest and largest value of an integer, or fewest and most items of a list. */
  readonly min?: number
  readonly max?: number
  /** Length of a hex string, longest length of a text, in characters. */
  readonly chars?: number
  readonly allowed?: readonly (string | number)[]
}

/**
 * Every field of an object schema, outermost first, by name: what CLI help and the reference page print. A field
 * without `zh` or `en` has no words yet (SCHEMA-7).
 * @example fieldsOf(s.object({ sold: s.bool({ zh: '已售', en: 'Sold' }) }))
 * // [{ path: 'sold', kind: 'boolean', required: true, zh: '已售', en: 'Sold' }]
 */
export function fieldsOf(schema: TSchema): readonly FieldHelp[] {
  return inside(nodeOf(schema), '')
}

function inside(node: Node, path: string): FieldHelp[] {
  if (node.items !== undefined) return inside(nodeOf(node.items), `${path}[]`)
  if (node.anyOf !== undefined) return insideUnion(node.anyOf, node['x-tag'] ?? '', path)
  const { properties = {}, required = [] } = node
  return Object.keys(properties)
    .sort()
    .flatMap((name) => {
      const field = nodeOf(properties[name] as TSchema)
      const fieldPath = path === '' ? name : `${path}.${name}`
      return [help(field, fieldPath, required.includes(name)), ...inside(field, fieldPath)]
    })
}

function insideUnion(alternatives: readonly TSchema[], tag: string, path: string): FieldHelp[] {
  return alternatives.flatMap((alternative) => {
    const node = nodeOf(alternative)
    const name = nodeOf(node.properties?.[tag] as TSchema).const
    return inside(node, `${path}<${name}>`)
  })
}

function help(node: Node, path: string, required: boolean): FieldHelp {
  const { description: en, minimum, maximum, minItems, maxItems } = node
  const [zh, unit, chars] = [node['x-description-zh'], node['x-unit'], node['x-chars']]
  const min = minimum ?? minItems
  const max = maximum ?? maxItems
  const allowed = node.enum ?? (node.const === undefined ? undefined : [node.const])
  return {
    path,
    kind: kindOf(node),
    required,
    ...(zh === undefined ? {} : { zh }),
    ...(en === undefined ? {} : { en }),
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(chars === undefined ? {} : { chars }),
    ...(allowed === undefined ? {} : { allowed }),
  }
}

function kindOf(node: Node): FieldHelp['kind'] {
  if (node.anyOf !== undefined) return 'union'
  if (node.enum !== undefined || node.const !== undefined) return 'oneOf'
  if (node['x-form'] !== undefined) return node['x-form']
  if (node.type === 'integer' || node.type === 'boolean') return node.type
  return node.type === 'array' ? 'list' : 'object'
}
