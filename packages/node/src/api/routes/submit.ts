import { type Answer, JSON_TYPE } from '../answer.ts'
import type { Context } from '../context.ts'
import { type Problem, isProblem, problem, tooManyWaiting } from '../problem.ts'
import type { ProofWait } from '../proof-wait.ts'
import type { Param } from '../query.ts'
import type { Ask, Route } from '../route.ts'
import { type Taken, bulkRow, takenOf, takenWithProof } from '../taking-in.ts'

const waitParam = (...values: readonly string[]): Param => ({
  name: 'wait',
  title: { zh: '等到哪一步', en: 'How far to wait; committed unless told' },
  kind: 'oneOf',
  values,
})

export function submitRoutes(context: Context, proofs: ProofWait): readonly Route[] {
  const { node, limits } = context
  let waiting = 0

  /** Bounds how many single acts wait at once, so that memory is; what bulk requests wait for is bounded by their number. */
  async function whileWaiting(work: () => Promise<Taken>): Promise<Taken> {
    if (waiting >= limits.waitingMax) return tooManyWaiting()
    waiting += 1
    try {
      return await work()
    } finally {
      waiting -= 1
    }
  }

  async function takeOne(bytes: Uint8Array, wait: string | undefined, from: string): Promise<Taken> {
    if (wait === 'accepted') return takenOf(context, await node.accept(bytes, from))
    const outcome = await node.submit(bytes, from)
    return wait === 'provable' ? takenWithProof(context, proofs, outcome) : takenOf(context, outcome)
  }

  async function takeMany(rows: readonly Uint8Array[], wait: string | undefined, from: string): Promise<string> {
    const outcomes = await (wait === 'accepted' ? node.acceptMany(rows, from) : node.submitMany(rows, from))
    const { provable } = node.status()
    let text = ''
    for (const [i, outcome] of outcomes.entries()) {
      text += `${bulkRow(context, i, takenOf(context, outcome, provable))}\n`
    }
    return text
  }

  return [
    {
      method: 'POST',
      path: '/v1/acts',
      title: { zh: '提交一项业务', en: 'Send one signed act, as its canonical bytes' },
      params: [waitParam('accepted', 'committed', 'provable')],
      body: { type: 'application/json', bytesMax: limits.actBytesMax, many: false, schema: 'SignedAct' },
      answers: {
        200: { says: 'On record: the receipt says whether it was accepted (code 0) or declined', schema: 'Committed' },
        202: { says: 'Taken in, with wait=accepted', schema: 'Accepted' },
        400: 'Not an act of this ledger',
        401: 'The signature or its key does not hold',
        403: 'The organisation may not do this act',
        413: 'Too large',
        429: 'Busy: wait as Retry-After says and send the same bytes',
        409: 'Executed before this node joined by snapshot: send the same bytes to another node',
        410: 'Expired',
        503: 'Stopping, or it cannot say what becomes of the act: send the same bytes to another node',
      },
      async handle({ body, query, address }): Promise<Answer | Problem> {
        const taken = await whileWaiting(() => takeOne(body, query.text('wait'), address))
        return isProblem(taken) ? taken : { status: taken.status, type: JSON_TYPE, body: taken.json, headers: {} }
      },
    },
    {
      method: 'POST',
      path: '/v1/acts/bulk',
      title: { zh: '批量提交', en: 'Send many signed acts, one a line; answered line by line in the same order' },
      params: [waitParam('accepted', 'committed')],
      body: { type: 'application/x-ndjson', bytesMax: limits.bulkBytesMax, many: true, schema: 'SignedAct' },
      answers: {
        200: { says: 'One line an act: its receipt, or its error', schema: 'BulkRow', type: 'application/x-ndjson' },
        413: 'Too large or too many',
        429: 'Busy',
      },
      async handle({ body, query, address }: Ask): Promise<Answer | Problem> {
        const rows = linesOf(body)
        if (rows.length > limits.bulkRowsMax) {
          return problem('tooManyRows', { rows: rows.length, rowsMax: limits.bulkRowsMax })
        }
        const text = await takeMany(rows, query.text('wait'), address)
        return { status: 200, type: 'application/x-ndjson; charset=utf-8', body: text, headers: {} }
      },
    },
  ]
}

/** Lines without their breaks; the last one may have none. */
function linesOf(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let from = 0; from < body.length; ) {
    const at = body.indexOf(10, from)
    const end = at === -1 ? body.length : at
    lines.push(body.subarray(from, end))
    from = end + 1
  }
  return lines
}
