import { writeReceiptProof } from '@dujiang/chain'
import { JSON_TYPE, bytesAnswer, okText } from '../answer.ts'
import type { Context } from '../context.ts'
import { problem } from '../problem.ts'
import { type Param, afterParam, limitParam } from '../query.ts'
import type { Route } from '../route.ts'
import { shownReceipt, shownTo } from '../shown.ts'

const PAGE = 100
const PAGE_MAX = 1_000

const idParam: Param = {
  name: 'id',
  title: { zh: '业务编号', en: 'Id of the act' },
  kind: 'text',
  pattern: /^[0-9a-f]{64}$/,
}

export function receiptRoutes(context: Context): readonly Route[] {
  const { node, visibility, limits } = context
  return [
    {
      method: 'GET',
      path: '/v1/receipts',
      title: { zh: '按序号列出回执', en: 'Receipts by index' },
      params: [afterParam({ zh: '此序号之后', en: 'After this index' }), limitParam(PAGE_MAX)],
      answers: {
        200: { says: 'A page; those the viewer may not see are withheld', schema: 'ReceiptPage' },
        410: 'Receipts from before this node joined',
      },
      async handle({ query, viewer }) {
        const { height, receipts, provable, firstReceipt } = node.status()
        const after = query.integer('after') ?? firstReceipt - 1
        if (after + 1 < firstReceipt) return problem('receiptsNotHeld', { first: firstReceipt })
        const end = Math.min(after + 1 + (query.integer('limit') ?? PAGE), receipts)
        const shown: string[] = []
        const blocks = new Set<number>()
        let next = after
        for (const stored of await node.receipts(after + 1, end)) {
          if (visibility.asksBlock(stored)) blocks.add(stored.receipt.height)
          if (blocks.size > limits.pageBlocksMax) break
          shown.push(await shownTo(context, viewer, stored, provable))
          next++
        }
        const more = next + 1 < receipts
        return okText(`{"height":${height},"receipts":[${shown.join(',')}],"next":${next},"more":${more}}`)
      },
    },
    {
      method: 'GET',
      path: '/v1/receipts/{id}',
      title: { zh: '一项业务的回执', en: 'The receipt of one act' },
      params: [idParam],
      answers: {
        200: { says: 'Committed or provable', schema: 'StoredReceipt' },
        404: 'None yet, or none the viewer may see',
      },
      async handle({ params, viewer }) {
        const id = params['id'] as string
        const stored = await node.receipt(id)
        // Withheld answers like unknown: an id can be computed from a guessed act.
        if (stored === undefined || !(await visibility.ofReceipt(viewer, stored)))
          return problem('receiptUnknown', { id })
        return okText(`{"height":${node.status().height},${shownReceipt(context, stored).slice(1)}`)
      },
    },
    {
      method: 'GET',
      path: '/v1/receipts/{id}/proof',
      title: { zh: '回执的证明文件', en: 'The proof file of a receipt' },
      params: [idParam],
      answers: {
        200: { says: 'The file', schema: 'ReceiptProof' },
        404: 'No receipt',
        409: 'Committed, not yet provable',
      },
      async handle({ params, viewer }) {
        const id = params['id'] as string
        const stored = await node.receipt(id)
        if (stored === undefined || !(await visibility.ofReceipt(viewer, stored)))
          return problem('receiptUnknown', { id })
        const proof = await node.prove(id)
        if (proof === undefined) return { ...problem('notYetProvable', { id }), retryAfterSeconds: 1 }
        return bytesAnswer(JSON_TYPE, writeReceiptProof(proof))
      },
    },
  ]
}
