import { SEQUENCE_NOT_HIGHER } from '@dujiang/chain'
import { chainSentences } from '../chain-sentences.ts'
import type { Doors } from '../doors.ts'
import { problems } from '../problems.ts'
import type { Param } from '../query.ts'
import type { RouteWords, Shown } from '../route.ts'
import { actSchemas, exampleAct } from './act-schemas.ts'
import { answerSchemas } from './answer-schemas.ts'
import { fileSchemas } from './file-schemas.ts'
import { type Form, named } from './forms.ts'
import { GROUPS, groupOf } from './groups.ts'
import { deliveries } from './webhook.ts'

/** What a demo says of itself wherever it shows itself. */
const DEMO_NOTICE = {
  zh: '演示链：节点运营方可见申报内容，请勿录入真实报价',
  en: 'Demo chain: whoever operates a node can read orders. Do not enter real bids',
}

/** The OpenAPI 3.1 page of these routes; the payload of each act is the act's own schema. */
export function openApi(doors: Doors, routes: readonly RouteWords[], demo = false) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes)
    (paths[route.path.replace('+}', '}')] ??= {})[route.method.toLowerCase()] = operation(doors, route)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dujiang 都江',
      version: '1',
      description:
        'The shared ledger of a power market. Amounts are integers of the unit in the field’s name; times are UTC milliseconds. ' +
        'The status says whether the ledger has an act on record, receipt.code what was decided.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      ...(demo ? { 'x-demo': DEMO_NOTICE } : {}),
    },
    servers: [{ url: '/', description: 'This node' }],
    tags: GROUPS.map(({ name, title }) => ({ name, description: title.en, 'x-description-zh': title.zh })),
    paths,
    webhooks: { receipts: deliveries },
    components: {
      securitySchemes: {
        Dujiang: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'Dujiang org="…",key="…",time="<UTC ms>",signature="<hex>", signed over "dujiang/query/1\\n" + method + "\\n" + path and query ' +
            'as sent + "\\n" + time; without it one sees what everybody may see',
        },
      },
      schemas: { ...actSchemas(doors), ...answerSchemas, ...fileSchemas, ...formsOf(routes) },
    },
    'x-refusals': refusalsOf(doors),
    'x-problems': Object.entries(problems).map(([name, words]) => ({ name, ...words })),
  }
}

const formsOf = (routes: readonly RouteWords[]): { readonly [name: string]: Form } =>
  Object.fromEntries(routes.flatMap(({ forms = {} }) => Object.entries(forms)))

/** What a receipt may decline with. */
function refusalsOf({ refusals }: Doors) {
  const { code, name } = SEQUENCE_NOT_HIGHER
  return [{ name, family: 'chain', code, ...chainSentences[name] }, ...refusals]
}

function operation(doors: Doors, route: RouteWords) {
  const { method, path, title, params, body, answers } = route
  const responses: Record<string, unknown> = {}
  for (const [status, answer] of Object.entries(answers)) responses[status] = response(Number(status), answer)
  responses['default'] = { description: 'Any other problem', ...content('application/json', 'Problem') }
  const example = body === undefined || body.schema !== 'SignedAct' ? {} : { example: exampleBody(doors, body.many) }
  return {
    operationId: operationIdOf(route),
    tags: [groupOf(path).name],
    summary: title.en,
    'x-summary-zh': title.zh,
    parameters: params.map((param) => parameter(param, path)),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [body.type]: { schema: named(body.schema), ...example } } } }),
    responses,
    ...(method === 'GET' || body?.signed === true ? { security: [{}, { Dujiang: [] }] } : {}),
  }
}

function exampleBody(doors: Doors, many: boolean): unknown {
  const act = exampleAct(doors)
  return many ? `${JSON.stringify(act)}\n` : act
}

function response(status: number, answer: string | Shown) {
  const problemsHere = Object.entries(problems).filter(([, { status: each }]) => each === status)
  if (typeof answer !== 'string')
    return { description: answer.says, ...content(answer.type ?? 'application/json', answer.schema) }
  if (status < 300) return { description: answer }
  const names = problemsHere.map(([name]) => name)
  return { description: answer, ...content('application/json', 'Problem'), 'x-problems': names }
}

/** A name for generated code: `getV1ReceiptsById`. */
function operationIdOf({ method, path }: RouteWords): string {
  const words = path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? `By-${part.replace(/[{}+]/g, '')}` : part))
  return [method.toLowerCase(), ...words.flatMap((word) => word.split(/[-.]/)).map(capital)].join('')
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

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

function schemaOf(param: Param): Form {
  switch (param.kind) {
    case 'integer':
      return { type: 'integer', minimum: param.min, maximum: param.max }
    case 'oneOf':
      return { type: 'string', enum: param.values }
    case 'text':
      return { type: 'string', pattern: param.pattern.source }
  }
}

const content = (type: string, schema: string) => ({ content: { [type]: { schema: named(schema) } } })
