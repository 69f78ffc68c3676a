/** `npm run client-types`: write the client's types of what nodes answer from the OpenAPI page that a node gives. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { dujiangMarket } from '@dujiang/market'
import { commentOf, typeOf } from './client-types/type-of.ts'
import { openApiOf } from './reference/openapi.ts'
import type { Schema } from './client-types/schema.ts'

const file = resolve(import.meta.dirname, '../../packages/client/src/generated/api.ts')

interface Operation {
  readonly summary: string
  readonly responses: {
    readonly [status: string]: { readonly content?: { readonly [type: string]: { readonly schema: Schema } } }
  }
}

interface Page {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
  readonly components: { readonly schemas: { readonly [name: string]: Schema } }
}

async function clientTypes(): Promise<string> {
  const { paths, components } = await openApiOf<Page>(dujiangMarket())
  const schemas = Object.entries(components.schemas)
  const acts = schemas.filter(([, schema]) => schema['x-stage'] !== undefined)
  const forms = schemas.filter(([, schema]) => schema['x-stage'] === undefined)
  return [
    '// Made by `npm run client-types` from /openapi.json; do not edit.',
    "import type { Json } from '@dujiang/core/codec'",
    ...forms.map(([name, schema]) => `${commentOf(schema)}export type ${name} = ${typeOf(schema)}`),
    `/** The payload of each act, by its name and version. */\nexport type ActPayloads = {\n${acts.map(member).join('\n')}\n}`,
    `/** What each route answers with when all is well. */\nexport type Answers = {\n${answersOf(paths).join('\n')}\n}`,
  ].join('\n\n')
}

const member = ([name, schema]: readonly [string, Schema]): string =>
  `  /** ${schema.title} */\n  readonly '${name}': ${typeOf(schema, '  ')}`

function answersOf(paths: Page['paths']): readonly string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, responses }]) => {
      const good = Object.entries(responses).filter(([status]) => Number(status) < 300)
      const forms = good.flatMap(([, { content = {} }]) => Object.values(content).map(({ schema }) => typeOf(schema)))
      return `  /** ${summary} */\n  readonly '${method.toUpperCase()} ${path}': ${forms.join(' | ')}`
    }),
  )
}

/** Problems of the generated file: that it is not what the code makes of it now. */
export async function checkClientTypes(): Promise<readonly string[]> {
  const text = `${await clientTypes()}\n`
  const isFresh = existsSync(file) && readFileSync(file, 'utf8') === text
  return isFresh ? [] : ['packages/client/src/generated/api.ts is old: run `npm run client-types`']
}

if (import.meta.main) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${await clientTypes()}\n`)
}
