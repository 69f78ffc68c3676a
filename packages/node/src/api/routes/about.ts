import { readGenesis } from '@dujiang/chain'
import { JSON_TYPE, type Answer, bytesAnswer, ok } from '../answer.ts'
import type { Context } from '../context.ts'
import type { Route } from '../route.ts'
import type { WebhookStand } from '../../webhooks/index.ts'

export function aboutRoutes(
  { node, doors, crypto, lists }: Context,
  demo: boolean,
  webhookStand: () => WebhookStand | undefined,
): readonly Route[] {
  // The catalogue is code: it is written once.
  const catalogue = JSON.stringify({ acts: doors.acts })
  const projections = () => (lists === undefined ? {} : { projections: lists.status() })
  const { domain, name } = readGenesis(crypto.sha256, node.genesisBytes).genesis
  return [
    {
      method: 'GET',
      path: '/v1/genesis',
      title: { zh: '创世文件', en: 'The genesis file, byte for byte; its SHA-256 is the chain' },
      params: [],
      answers: { 200: { says: 'The file', schema: 'Genesis' } },
      handle: () => bytesAnswer(JSON_TYPE, node.genesisBytes),
    },
    {
      method: 'GET',
      path: '/v1/status',
      title: { zh: '账本状态', en: 'How far the ledger has come' },
      params: [],
      answers: {
        200: {
          says: 'Chain, domain, name, height, block time, app hash, receipts, provable, pending; how far its archive is behind; why it has failed or is stalled, if so',
          schema: 'Status',
        },
      },
      handle: () =>
        ok({ chain: node.chain, domain, name, ...(demo ? { demo } : {}), ...node.status(), ...projections() }),
    },
    {
      method: 'GET',
      path: '/v1/acts',
      title: { zh: '业务目录', en: 'Every act with its JSON Schema' },
      params: [],
      answers: { 200: { says: 'The catalogue', schema: 'Catalogue' } },
      handle: () => ({ status: 200, type: JSON_TYPE, body: catalogue, headers: {} }),
    },
    {
      method: 'GET',
      path: '/health',
      title: { zh: '节点是否就绪', en: 'Is the node taking part?' },
      params: [],
      answers: {
        200: { says: 'Live and ready', schema: 'Health' },
        503: { says: 'Live, not ready', schema: 'Health' },
      },
      handle(): Answer {
        const { height, failure, stalled } = node.status()
        const ready = failure === undefined && stalled === undefined
        const webhooks = webhookStand()
        const pushed = webhooks === undefined ? {} : { webhooks }
        return {
          ...ok({
            live: true,
            ready,
            height,
            ...(stalled === undefined ? {} : { stalled }),
            ...projections(),
            ...pushed,
          }),
          status: ready ? 200 : 503,
        }
      },
    },
  ]
}
