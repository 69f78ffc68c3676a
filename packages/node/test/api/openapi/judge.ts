import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

type Json = any
type Validator = { (value: unknown): boolean; errors?: unknown }
interface Ajv {
  addSchema(schema: object, name: string): void
  addKeyword(keyword: string): void
  compile(schema: object): Validator
  validateSchema(schema: object): boolean
  errors?: unknown
}

// The server's framework brings it; it is not ours to depend on but in a test.
const fromFastify = createRequire(createRequire(import.meta.url).resolve('fastify'))
const { Ajv2020 } = fromFastify('ajv/dist/2020') as { Ajv2020: new (options: object) => Ajv }

const PAGE = 'page'

/** Holds an OpenAPI document to the standard, and values to the document. */
export class Judge {
  readonly #ajv: Ajv
  readonly #page: Json

  constructor(page: Json) {
    this.#page = page
    this.#ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
    for (const keyword of ['components', ...extensionsIn(page)]) this.#ajv.addKeyword(keyword)
    this.#ajv.addSchema({ $id: PAGE, components: { schemas: closed(page.components.schemas) } }, PAGE)
  }

  /** What keeps the document from being OpenAPI 3.1; undefined when nothing does. */
  standardFaults(): unknown {
    const file = new URL('oas-3.1-2022-10-07.json', import.meta.url)
    // The standard's schema has formats that are annotations, and unknown words.
    const loose = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
    // This validator loses itself in a dynamic reference to what stands beside it; read alone, the two mean the same.
    const standard = readFileSync(file, 'utf8').replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')
    const valid = loose.compile(JSON.parse(standard) as object)
    return valid(this.#page) ? undefined : valid.errors
  }

  /** What keeps `value` from being of the named form: also a field that the form does not name. */
  faults(schema: string, value: unknown): unknown {
    const valid = this.#ajv.compile({ $ref: `${PAGE}#/components/schemas/${schema}` })
    return valid(value) ? undefined : valid.errors
  }

  /** The form of an answer, as the document says: by pattern of the path, method and status. */
  formOf(path: string, method: string, status: number): string {
    const { responses } = this.#page.paths[path][method]
    const { content } = responses[status] ?? responses['default']
    const [{ schema }] = Object.values<Json>(content)
    return schema.$ref.split('/').at(-1)
  }
}

/** Words of our own, which say something to people and generators and nothing to a validator. */
const extensionsIn = (page: Json): ReadonlySet<string> =>
  new Set([...JSON.stringify(page.components.schemas).matchAll(/"(x-[a-z-]+)":/g)].map(([, word]) => word as string))

/** The document leaves room for fields to come; a test wants to know of each that it does not name. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => keyword !== 'examples')
      .map(([keyword, value]) => [keyword, closed(value)]),
  )
  const isForm = inner.type === 'object' && inner.properties !== undefined && inner.additionalProperties === undefined
  return { ...inner, ...(isForm ? { additionalProperties: false } : {}), ...refOf(inner) }
}

const refOf = (inner: Json): Json =>
  typeof inner.$ref === 'string' ? { $ref: inner.$ref.replace('#/', `${PAGE}#/`) } : {}
