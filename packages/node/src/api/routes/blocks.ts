import { type SealedBlock, commitToJson, headerToJson, isInadmissible, readEnvelope, txToJson } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { ok } from '../answer.ts'
import { actOf } from '../block-acts.ts'
import type { Context } from '../context.ts'
import { problem } from '../problem.ts'
import { type Param, afterParam, limitParam } from '../query.ts'
import type { Route } from '../route.ts'
import type { Viewer } from '../viewer.ts'

const PAGE = 20
const PAGE_MAX = 100

const heightParam: Param = {
  name: 'height',
  title: { zh: '高度', en: 'Height' },
  kind: 'integer',
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
}

export function blockRoutes(context: Context): readonly Route[] {
  const { node, limits } = context
  return [
    {
      method: 'GET',
      path: '/v1/blocks',
      title: { zh: '区块头', en: 'Headers of blocks by height' },
      params: [afterParam({ zh: '此高度之后', en: 'After this height' }, 0), limitParam(PAGE_MAX)],
      answers: { 200: { says: 'A page of headers with the number of transactions', schema: 'BlockPage' } },
      async handle({ query }) {
        const after = query.integer('after') ?? 0
        const { height } = node.status()
        const end = Math.min(after + (query.integer('limit') ?? PAGE), height)
        const blocks = []
        let next = after
        for (let bytes = 0; next < end && bytes < limits.pageBlockBytesMax; next++) {
          const block = await node.block(next + 1)
          if (block === undefined) throw new Error(`block ${next + 1} of ${height} is missing`)
          blocks.push({ header: headerToJson(block.header), txs: block.txs.length })
          bytes += block.txs.reduce((sum, tx) => sum + tx.length, 0)
        }
        return ok({ height, blocks, next, more: next < height })
      },
    },
    {
      method: 'GET',
      path: '/v1/blocks/{height}',
      title: { zh: '一个区块', en: 'One block' },
      params: [heightParam],
      answers: {
        200: { says: 'Header, commit and transactions; those the viewer may not see as their hash', schema: 'Block' },
        404: 'No such block',
      },
      async handle({ params, viewer }) {
        const at = Number(params['height'])
        const { height } = node.status()
        const block = at > height ? undefined : await node.block(at)
        return block === undefined
          ? problem('blockUnknown', { height: at })
          : ok(await shownBlock(context, viewer, block, height))
      },
    },
  ]
}

async function shownBlock(context: Context, viewer: Viewer, { header, commit, txs }: SealedBlock, height: number) {
  const block = { header: headerToJson(header), commit: commitToJson(commit) }
  const receipts = txs.length === 0 ? [] : await context.node.receiptsOf(header.height)
  const understood = new Set(receipts.map(({ receipt }) => receipt.id))
  return { height, ...block, txs: txs.map((tx) => shownTx(context, viewer, understood, tx)) }
}

/** What left no receipt was never understood, so nobody can say who may read it. */
function shownTx(
  { crypto, visibility }: Context,
  viewer: Viewer,
  understood: ReadonlySet<string>,
  tx: Uint8Array,
): Json {
  const envelope = readEnvelope(crypto.sha256, tx)
  const visible = !isInadmissible(envelope) && understood.has(envelope.id) && visibility.ofAct(viewer, actOf(envelope))
  return visible ? txToJson(tx) : { withheld: true, hash: toHex(crypto.sha256(tx)) }
}
