import type { TSchema } from 'typebox'
import type { StringForm } from './schema.ts'

/** The keywords the vocabulary can produce. */
export type Node = {
  readonly type?: string
  readonly properties?: { readonly [name: string]: TSchema }
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: TSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number
  readonly anyOf?: readonly TSchema[]
  readonly title?: string
  readonly description?: string
  readonly 'x-description-zh'?: string
  readonly 'x-unit'?: string
  readonly 'x-form'?: StringForm
  readonly 'x-chars'?: number
  readonly 'x-tag'?: string
}

const keywords: Readonly<Record<keyof Node, true>> = {
  type: true,
  properties: true,
  required: true,
  additionalProperties: true,
  items: true,
  minItems: true,
  maxItems: true,
  minimum: true,
  maximum: true,
  pattern: true,
  enum: true,
  const: true,
  anyOf: true,
  title: true,
  description: true,
  'x-description-zh': true,
  'x-unit': true,
  'x-form': true,
  'x-chars': true,
  'x-tag': true,
}

/** A schema seen as its keywords; a keyword nobody here checks must not be thought checked, hence the throw. */
export function nodeOf(schema: TSchema): Node {
  if (!Object.keys(schema).every((keyword) => Object.hasOwn(keywords, keyword))) throw outsideVocabulary(schema)
  return schema as Node
}

export function outsideVocabulary(schema: TSchema): Error {
  return new Error(`SCHEMA-1: a schema outside the vocabulary: ${JSON.stringify(schema)}`)
}
