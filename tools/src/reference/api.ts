import type { Market } from '@dujiang/market'
import { openApiOf } from './openapi.ts'
import { generated, table } from './page.ts'

const intro = `节点的 \`GET /openapi.json\` 给出同样的内容，并含每项业务的 JSON Schema。规则见
[接口规则](../../packages/node/src/api/SPEC.md)，用法见[接入指南](../guides/integrator.md)。

A node's \`GET /openapi.json\` says the same and has the JSON Schema of every act. Rules: [the interface](../../packages/node/src/api/SPEC.md);
step by step: [the integrator's guide](../guides/integrator.md). Every GET may be signed, which shows an organisation what only it may see.`

interface Operation {
  readonly summary: string
  readonly 'x-summary-zh': string
  readonly parameters: readonly {
    readonly name: string
    readonly in: 'path' | 'query'
    readonly description: string
    readonly 'x-description-zh': string
    readonly schema: { readonly minimum?: number; readonly maximum?: number; readonly enum?: readonly string[] }
  }[]
  readonly responses: { readonly [status: string]: { readonly description: string } }
}

interface Page {
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } }
}

/** Every route, as a node itself tells it. */
export async function apiPage(market: Market): Promise<string> {
  const { paths } = await openApiOf<Page>(market)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => part(`${method.toUpperCase()} ${path}`, operation)),
  )
  return [generated('HTTP 接口 · HTTP interface'), intro, ...operations].join('\n\n')
}

function part(title: string, operation: Operation): string {
  const { summary, parameters, responses } = operation
  const rows = parameters.map((param) => [
    `\`${param.name}\``,
    param.in,
    rangeOf(param.schema),
    param['x-description-zh'],
    param.description,
  ])
  const answers = Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { description }]) => `- ${status} ${description}`)
  return [
    `## ${title}`,
    `${operation['x-summary-zh']} · ${summary}`,
    ...(rows.length === 0 ? [] : [table(['参数 parameter', '在 in', '取值 values', '含义', 'meaning'], rows)]),
    answers.join('\n'),
  ].join('\n\n')
}

function rangeOf({ minimum, maximum, enum: values }: Operation['parameters'][number]['schema']): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(' ')
  if (minimum === undefined || maximum === undefined) return 'text'
  return `${minimum} … ${maximum === Number.MAX_SAFE_INTEGER ? '2⁵³−1' : maximum}`
}
