import { seenKey, writeStateProof } from '@dujiang/chain'
import { okText } from '../answer.ts'
import type { Context } from '../context.ts'
import { problem } from '../problem.ts'
import type { Param } from '../query.ts'
import type { Route } from '../route.ts'

const minuteParam: Param = {
  name: 'minute',
  title: { zh: '到期的分钟，自1970年起计', en: 'The minute of expiry, counted from 1970' },
  kind: 'integer',
  min: 0,
  max: 999_999_999_999,
}

/** What shows that an act is not in the ledger. Rule API-23. */
export function seenRoutes({ node, doors }: Context): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/seen/{minute}',
      title: {
        zh: '在某分钟到期的已执行操作的编号，及其证明',
        en: 'Ids of the executed acts that expire in a minute, with the proof that there are no others',
      },
      params: [minuteParam],
      answers: {
        200: {
          says: 'Ids in the order of execution, and the proof file of the row that commits to them',
          schema: 'Seen',
        },
        409: 'Not yet provable, or a session is open',
      },
      handle({ params }) {
        const minute = Number(params['minute'])
        if (doors.holdsSecrets(node.view())) return problem('stateSealed')
        const key = seenKey(minute)
        const proof = node.proveState(key)
        if (proof === undefined) return { ...problem('rowNotYetProvable', { key }), retryAfterSeconds: 1 }
        const file = new TextDecoder().decode(writeStateProof(proof))
        return okText(`{"ids":${JSON.stringify(node.executedIds(minute))},"proof":${file}}`)
      },
    },
  ]
}
