import { BODY_SCHEMA } from './act-schema.ts'
import type { Doors } from './doors.ts'
import type { Param } from './query.ts'
import type { RouteWords } from './route.ts'

/** The OpenAPI 3.1 page of these routes; the payload of each act is the act's own schema. */
export function openApi(doors: Doors, routes: readonly RouteWords[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes)
    (paths[route.path.replace('+}', '}')] ??= {})[route.method.toLowerCase()] = operation(route)
  return {
    openapi: '3.1.0',
    info: { title: 'Dujiang 都江', version: '1' },
    paths,
    components: {
      securitySchemes: {
        Dujiang: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'Dujiang org="…",key="…",time="<UTC ms>",signature="<hex>"; without it one sees what everybody may see',
        },
      },
      schemas: { ...actSchemas(doors), Error: errorSchema },
    },
  }
}

function operation({ method, path, title, params, body, answers }: RouteWords) {
  const responses: Record<string, unknown> = {}
  for (const [status, description] of Object.entries(answers)) {
    responses[status] =
      Number(status) < 300 ? { description } : { description, ...content('application/json', 'Error') }
  }
  responses['default'] = { description: 'Any other problem', ...content('application/json', 'Error') }
  return {
    summary: title.en,
    'x-summary-zh': title.zh,
    parameters: params.map((param) => parameter(param, path)),
    ...(body === undefined ? {} : { requestBody: { required: true, ...content(body.type, body.schema) } }),
    responses,
    ...(method === 'GET' ? { security: [{}, { Dujiang: [] }] } : {}),
  }
}

function parameter(param: Param, path: string) {
  const inPath = path.includes(`{${param.name}}`) || path.includes(`{${param.name}+}`)
  return {
    name: param.name,
    in: inPath ? 'path' : 'query',
    required: inPath,
    description: param.title.en,
    'x-description-zh': param.title.zh,
    schema: schemaOf(param),
  }
}

function schemaOf(param: Param) {
  switch (param.kind) {
    case 'integer':
      return { type: 'integer', minimum: param.min, maximum: param.max }
    case 'oneOf':
      return { type: 'string', enum: param.values }
    case 'text':
      return { type: 'string', pattern: param.pattern.source }
  }
}

function actSchemas({ acts }: Doors) {
  const schemas: Record<string, unknown> = {}
  const alternatives = []
  for (const { name, version, title, jsonSchema } of acts) {
    const schema = `${name}.v${version}`
    schemas[schema] = { ...jsonSchema, title: title.en, 'x-title-zh': title.zh }
    alternatives.push({
      properties: { act: { const: name }, v: { const: version }, payload: { $ref: `#/components/schemas/${schema}` } },
    })
  }
  schemas['SignedAct'] = {
    type: 'object',
    description: 'Canonical JSON (RFC 8785): exactly these bytes are signed and stored',
    properties: {
      body: { ...BODY_SCHEMA, oneOf: alternatives },
      sig: { type: 'string', pattern: '^[0-9a-f]{128}$' },
    },
    required: ['body', 'sig'],
    additionalProperties: false,
  }
  return schemas
}

const content = (type: string, schema: string) => ({
  content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } },
})

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        code: { type: 'integer', description: 'Permanent number' },
        name: { type: 'string', description: 'Permanent name' },
        facts: { type: 'object' },
        zh: { type: 'string' },
        en: { type: 'string' },
        retry: { type: 'boolean', description: 'Can the same request succeed later?' },
      },
      required: ['code', 'name', 'facts', 'zh', 'en', 'retry'],
    },
    id: { type: 'string', description: 'The act’s id, when the bytes sent have one' },
  },
  required: ['error'],
}
