import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LedgerNode } from '../../src/service/index.ts'
import { type ApiRig, dispatcher, exchange, withAnswers, withRig } from './rig.ts'

const open = (rig: ApiRig, name: string, by = exchange) =>
  rig.market.act(by, 'auction.sequence.open', { sequence: name, name })
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const lines = (body: string): any[] =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const NDJSON = 'application/x-ndjson'

describe('bulk', () => {
  it('[API-4] answers each row by itself and in order', () =>
    withRig({}, async (rig) => {
      const twice = text(open(rig, 'A'))
      const rows = [twice, 'rubbish', text(open(rig, 'B', dispatcher)), twice, '', text(open(rig, 'C'))]
      const { status, text: body } = await rig.post('/v1/acts/bulk', rows.join('\n'), NDJSON)
      assert.equal(status, 200)
      const answers = lines(body)
      assert.deepEqual(
        answers.map(({ row }) => row),
        [0, 1, 2, 3, 4, 5],
      )
      assert.deepEqual(
        answers.map(({ state, status, error, repeated }) => [state, status, error?.name, repeated]),
        [
          ['committed', undefined, undefined, false],
          ['notTaken', 400, 'malformed', undefined],
          ['notTaken', 403, 'notPermitted', undefined],
          ['committed', undefined, undefined, true],
          ['notTaken', 400, 'malformed', undefined],
          ['committed', undefined, undefined, false],
        ],
      )
      assert.deepEqual(answers[3].receipt, answers[0].receipt)
    }))

  it('[API-4] gives intake receipts with wait=accepted', () =>
    withRig({}, async (rig) => {
      const rows = [text(open(rig, 'A')), 'rubbish']
      const { text: body } = await rig.post('/v1/acts/bulk?wait=accepted', `${rows.join('\n')}\n`, NDJSON)
      assert.deepEqual(
        lines(body).map(({ state }) => state),
        ['accepted', 'notTaken'],
      )
    }))

  it('refuses too many rows, too many bytes, and waiting for proofs', () =>
    withRig({ limits: { bulkRowsMax: 3, bulkBytesMax: 100 } }, async (rig) => {
      assert.equal((await rig.post('/v1/acts/bulk', '1\n2\n3\n', NDJSON)).status, 200)
      const many = await rig.post('/v1/acts/bulk', '1\n2\n3\n4', NDJSON)
      assert.deepEqual([many.status, many.json.error.name], [413, 'tooManyRows'])
      const large = await rig.post('/v1/acts/bulk', 'x'.repeat(101), NDJSON)
      assert.deepEqual([large.status, large.json.error.name], [413, 'bodyTooLarge'])
      const proofs = await rig.post('/v1/acts/bulk?wait=provable', '1', NDJSON)
      assert.deepEqual([proofs.status, proofs.json.error.name], [400, 'badValue'])
    }))

  it('answers an empty body with nothing', () =>
    withRig({}, async (rig) => {
      const { status, text: body } = await rig.post('/v1/acts/bulk', '', NDJSON)
      assert.deepEqual([status, body], [200, ''])
    }))

  it('[API-4] [API-5] takes ten thousand rows, refuses each bad one by itself, and answers the same bytes with the same', () =>
    withRig({}, async (rig) => {
      const rows = Array.from({ length: 10_000 }, (_, i) => {
        if (i % 20 === 0) return text(open(rig, `Q${i}`))
        return i % 20 === 1 ? text(open(rig, `D${i}`, dispatcher)) : `{"row":${i}}`
      })
      const send = async () => lines((await rig.post('/v1/acts/bulk', rows.join('\n'), NDJSON)).text)
      const first = await send()
      const second = await send()
      assert.equal(first.length, rows.length)
      const expected = (i: number) => (i % 20 === 0 ? undefined : i % 20 === 1 ? 'notPermitted' : 'wrongShape')
      for (const [i, { row, state, error, receipt, repeated }] of first.entries()) {
        assert.deepEqual([row, error?.name], [i, expected(i)])
        assert.equal(state === 'notTaken', error !== undefined)
        const again = second[i]
        assert.deepEqual([again.receipt, again.error], [receipt, error])
        if (receipt !== undefined) assert.deepEqual([repeated, again.repeated], [false, true])
      }
      assert.equal(rig.node.status().receipts, 500)
      const over = await rig.post('/v1/acts/bulk', `${rows.join('\n')}\n{}`, NDJSON)
      assert.deepEqual([over.status, over.json.error.facts], [413, { rows: 10_001, rowsMax: 10_000 }])
    }))

  it('[API-17] leaves single acts their room while many lines wait for one of them', async () => {
    const arrived = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const options = {
      limits: { waitingMax: 10 },
      over: (node: LedgerNode) =>
        withAnswers({
          submitMany: async (rows) => {
            arrived.resolve()
            await held.promise
            return node.submitMany(rows)
          },
        })(node),
    }
    await withRig(options, async (rig) => {
      const bulk = rig.post('/v1/acts/bulk', [text(open(rig, 'A')), ...Array<string>(9).fill('{}')].join('\n'), NDJSON)
      await arrived.promise
      const single = await rig.post('/v1/acts', open(rig, 'B'))
      held.resolve()
      assert.deepEqual([single.status, (await bulk).status], [200, 200])
    })
  })

  it('takes a thousand acts in one request', () =>
    withRig({}, async (rig) => {
      const acts = Array.from({ length: 1_000 }, (_, i) => open(rig, `Q${i}`))
      const answers = await rig.client().submitMany(acts)
      assert.equal(answers.length, 1_000)
      for (const [i, answer] of answers.entries()) {
        assert.ok('receipt' in answer)
        assert.equal((await rig.node.receipt(answer.id))?.receipt.index, answer.receipt.index, String(i))
      }
      assert.equal(rig.node.status().receipts, 1_000)
    }))
})
