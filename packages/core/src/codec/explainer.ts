import type { TSchema } from 'typebox'
import { keysInOrder } from './json.ts'
import { nodeOf, outsideVocabulary } from './node.ts'
import { type Explain, problem, within } from './problem.ts'
import type { StringForm } from './schema.ts'

/** Build the checker of one schema node, recursively; throws when the vocabulary cannot have made it (SCHEMA-1). */
export function explainerOf(schema: TSchema): Explain {
  const node = nodeOf(schema)
  if (node.anyOf !== undefined && node['x-tag'] !== undefined) return explainUnion(node['x-tag'], node.anyOf)
  if (node.const !== undefined) return explainOneOf([node.const])
  if (node.enum !== undefined) return explainOneOf(node.enum)
  if (node.type === 'boolean') return explainBoolean
  if (node.type === 'integer' && node.minimum !== undefined && node.maximum !== undefined) {
    return explainInteger(node.minimum, node.maximum)
  }
  if (node.type === 'string' && node.pattern !== undefined && node['x-form'] !== undefined) {
    return explainString(node.pattern, node['x-form'], node['x-chars'])
  }
  if (node.type === 'array' && node.items !== undefined && node.minItems !== undefined && node.maxItems !== undefined) {
    return explainList(explainerOf(node.items), node.minItems, node.maxItems)
  }
  if (node.type === 'object' && node.properties !== undefined && node.additionalProperties === false) {
    return explainObject(node.properties, node.required ?? [])
  }
  if (node.type === 'object' && node.properties === undefined) return explainAnyObject
  throw outsideVocabulary(schema)
}

const notBoolean = problem({ rule: 'wrongType', expected: 'boolean' })
const notInteger = problem({ rule: 'wrongType', expected: 'integer' })
const notString = problem({ rule: 'wrongType', expected: 'string' })
const notArray = problem({ rule: 'wrongType', expected: 'array' })
const notObject = problem({ rule: 'wrongType', expected: 'object' })
const missing = problem({ rule: 'missing' })
const unknownField = problem({ rule: 'unknownField' })

const explainBoolean: Explain = (value) => (typeof value === 'boolean' ? undefined : notBoolean)

const explainAnyObject: Explain = (value) => (isObject(value) ? undefined : notObject)

function explainInteger(min: number, max: number): Explain {
  const below = problem({ rule: 'belowMinimum', limit: min })
  const above = problem({ rule: 'aboveMaximum', limit: max })
  return (value) => {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return notInteger
    if ((value as number) < min) return below
    return (value as number) > max ? above : undefined
  }
}

function explainString(pattern: string, form: StringForm, chars: number | undefined): Explain {
  const expression = new RegExp(pattern, 'u')
  const bad = problem(chars === undefined ? { rule: 'badPattern', form } : { rule: 'badPattern', form, chars })
  return (value) => {
    if (typeof value !== 'string') return notString
    return expression.test(value) ? undefined : bad
  }
}

function explainOneOf(allowed: readonly (string | number)[]): Explain {
  const outside = problem({ rule: 'notOneOf', allowed })
  const type = typeof allowed[0]
  const otherType = type === 'number' ? notInteger : notString
  return (value) => {
    if (typeof value !== type) return otherType
    return allowed.includes(value as string | number) && !Object.is(value, -0) ? undefined : outside
  }
}

function explainList(explainItem: Explain, min: number, max: number): Explain {
  const few = problem({ rule: 'tooFew', limit: min })
  const many = problem({ rule: 'tooMany', limit: max })
  return (value) => {
    if (!Array.isArray(value)) return notArray
    if (value.length < min) return few
    if (value.length > max) return many
    for (let i = 0; i < value.length; i++) {
      const inner = explainItem(value[i])
      if (inner !== undefined) return within(i, inner)
    }
    return undefined
  }
}

type Field = { readonly name: string; readonly required: boolean; readonly explain: Explain }

/** Fields of the schema and of the value are walked together in key order, which is the order of the document. */
function explainObject(properties: { readonly [name: string]: TSchema }, required: readonly string[]): Explain {
  const fields: Field[] = Object.keys(properties)
    .sort()
    .map((name) => ({
      name,
      required: required.includes(name),
      explain: explainerOf(properties[name] as TSchema),
    }))
  return (value) => {
    if (!isObject(value)) return notObject
    const keys = keysInOrder(value)
    let next = 0
    for (const { name, required, explain } of fields) {
      const key = keys[next]
      if (key !== undefined && key < name) return within(key, unknownField)
      if (key !== name) {
        if (required) return within(name, missing)
        continue
      }
      next++
      const inner = explain(value[name])
      if (inner !== undefined) return within(name, inner)
    }
    const left = keys[next]
    return left === undefined ? undefined : within(left, unknownField)
  }
}

/** The tag decides which alternative speaks, so that the problem named is about the one that was meant. */
function explainUnion(tag: string, alternatives: readonly TSchema[]): Explain {
  const byTag = new Map<string, Explain>()
  for (const alternative of alternatives) {
    const tagged = nodeOf(alternative).properties?.[tag]
    const value = tagged === undefined ? undefined : nodeOf(tagged).const
    if (typeof value !== 'string' || byTag.has(value)) {
      throw new Error(`SCHEMA-6: an alternative without a ${tag} of its own: ${JSON.stringify(alternative)}`)
    }
    byTag.set(value, explainerOf(alternative))
  }
  const outside = within(tag, problem({ rule: 'notOneOf', allowed: [...byTag.keys()].sort() }))
  return (value) => {
    if (!isObject(value)) return notObject
    const chosen = Object.hasOwn(value, tag) ? value[tag] : undefined
    if (chosen === undefined) return within(tag, missing)
    if (typeof chosen !== 'string') return within(tag, notString)
    const explain = byTag.get(chosen)
    return explain === undefined ? outside : explain(value)
  }
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
