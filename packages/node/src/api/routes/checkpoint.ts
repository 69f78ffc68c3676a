import { writeCheckpoint } from '@dujiang/chain'
import type { Witness } from '../../witness/index.ts'
import { JSON_TYPE, bytesAnswer } from '../answer.ts'
import { problem } from '../problem.ts'
import type { Route } from '../route.ts'

/** What the node vouches for, for everybody. Rule API-22. */
export function checkpointRoute(witness: Pick<Witness, 'newest'> | undefined): Route {
  return {
    method: 'GET',
    path: '/v1/checkpoint',
    title: {
      zh: '见证：本节点对最新区块头的签名',
      en: 'The newest header, signed by this node as one that it has executed',
    },
    params: [],
    answers: {
      200: { says: 'The checkpoint, as its canonical bytes', schema: 'Checkpoint' },
      404: 'None now, or this node signs none',
    },
    async handle() {
      const checkpoint = await witness?.newest()
      return checkpoint === undefined
        ? problem('checkpointUnknown', {})
        : bytesAnswer(JSON_TYPE, writeCheckpoint(checkpoint))
    },
  }
}
