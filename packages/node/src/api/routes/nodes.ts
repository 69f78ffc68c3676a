import { ok } from '../answer.ts'
import type { Route } from '../route.ts'

/** A node of the ledger, as its organisation states it. */
export interface NamedNode {
  readonly org: string
  /** The organisation's name. */
  readonly name: string
  readonly role: 'validator' | 'full'
  /** Address of its interface. */
  readonly api: string
  /** It is the one that answers. */
  readonly here: boolean
}

/** Gives the nodes as they are known at the moment. */
export type NodesNow = () => Promise<readonly NamedNode[]>

/** Where else the same ledger is read and written. Rule API-34. */
export function nodesRoute(nodesNow: NodesNow = async () => []): Route {
  return {
    method: 'GET',
    path: '/v1/nodes',
    title: {
      zh: '本账本的节点及其地址',
      en: 'The nodes of this ledger with their addresses, as whoever runs this one names them',
    },
    params: [],
    answers: { 200: { says: 'None where nothing was said of them', schema: 'Nodes' } },
    handle: async () => ok({ nodes: await nodesNow() }),
  }
}
