import { lightBlockToJson } from '@dujiang/chain'
import { ok } from '../answer.ts'
import type { Context } from '../context.ts'
import { problem } from '../problem.ts'
import type { Param } from '../query.ts'
import type { Route } from '../route.ts'

const LATEST = 'latest'

const heightParam: Param = {
  name: 'height',
  title: { zh: '高度，或 latest', en: 'Height, or latest' },
  kind: 'text',
  pattern: /^(?:latest|[1-9][0-9]{0,14})$/,
}

/** Headers for light clients, who believe no node: they check what they get. Rule API-20. */
export function lightRoutes({ node }: Context): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/light/{height}',
      title: {
        zh: '轻客户端所需：区块头、提交签名与验证人',
        en: 'For light clients: a header with its commit and the validators that made it',
      },
      params: [heightParam],
      answers: {
        200: {
          says: 'Header, commit and validators; `latest` is the newest header that has its commit',
          schema: 'LightBlock',
        },
        404: 'No header of this height, or not kept; `facts.below` is the nearest kept below, where there is one',
      },
      async handle({ params }) {
        const asked = params['height'] as string
        const height = asked === LATEST ? undefined : Number(asked)
        const block = await node.lightBlock(height)
        if (block === undefined) return problem('lightBlockUnknown', { height: height ?? LATEST })
        const found = block.header.height
        if (height === undefined || found === height) return ok(lightBlockToJson(block))
        return problem('lightBlockUnknown', { height, below: found })
      },
    },
  ]
}
