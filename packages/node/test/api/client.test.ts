import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Client, type Fetch, Refused } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type ApiRig, dispatcher, exchange, identity, withRig } from './rig.ts'

const me = identity(exchange)
const opening = (sequence: string) => ({ act: 'auction.sequence.open', payload: { sequence, name: sequence } })
const turn = (): Promise<void> => new Promise(setImmediate)

const clientOver = (rig: ApiRig, over: (real: Fetch) => Fetch): Client =>
  new Client({ nodes: [rig.api.url], timing: rig.timing, fetch: over(fetch) })

describe('the client and a node', () => {
  it('[CLIENT-1] gets the first receipt when the acknowledgement was lost on its way', () =>
    withRig({}, async (rig) => {
      let posts = 0
      const client = clientOver(rig, (real) => async (input, init) => {
        const response = await real(input, init)
        if (init?.method !== 'POST' || ++posts > 1) return response
        await response.arrayBuffer()
        throw new TypeError('connection reset')
      })
      const answer = await client.act(me, opening('Q'))
      assert.equal(posts, 2)
      assert.equal(answer.repeated, true)
      assert.equal(answer.receipt.code, 0)
      assert.equal(rig.node.status().receipts, 1)
    }))

  it('[CLIENT-8] follows every receipt once over connections that break', () =>
    withRig({}, async (rig) => {
      let connections = 0
      const client = clientOver(rig, (real) => async (input, init) => {
        const response = await real(input, init)
        if (!String(input as string).includes('/v1/stream') || response.body === null) return response
        connections++
        // Each connection breaks off after some bytes, in the middle of whatever they are.
        let left = 900 + 37 * connections
        const cut = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            controller.enqueue(chunk.subarray(0, left))
            left -= chunk.length
            if (left <= 0) controller.error(new Error('connection reset'))
          },
        })
        return new Response(response.body.pipeThrough(cut), { status: response.status })
      })
      const acts = Array.from({ length: 40 }, (_, i) =>
        rig.market.act(exchange, 'auction.sequence.open', { sequence: `Q${i}`, name: 'n' }),
      )
      const committing = rig.node.submitMany(acts)
      const stop = new AbortController()
      const indices: number[] = []
      for await (const listed of client.stream({ after: -1, signal: stop.signal })) {
        indices.push('receipt' in listed ? listed.receipt.index : listed.index)
        if (indices.length === 40) stop.abort()
      }
      await committing
      assert.deepEqual(
        indices,
        Array.from({ length: 40 }, (_, i) => i),
      )
      assert.ok(connections > 3, String(connections))
    }))

  it('verifies offline what it was given', () =>
    withRig({}, async (rig) => {
      const client = rig.client()
      const { id } = await client.act(me, opening('Q'))
      const waiting = client.waitProvable(id)
      for (let i = 0; i < 50; i++) await rig.pass(1)
      const verified = client.verify(await waiting, await client.genesis(), nodeCrypto)
      assert.ok(verified.ok, JSON.stringify(verified))
      assert.equal(verified.receipt.id, id)
    }))

  it('gives a declined act as an answer and an inadmissible one as an error', () =>
    withRig({}, async (rig) => {
      const client = rig.client()
      await client.act(me, opening('Q'))
      const declined = await client.act(me, opening('Q'))
      assert.equal(declined.receipt.refusal?.name, 'sequenceExists')
      assert.match(declined.sentence?.zh ?? '', /[\u4e00-\u9fff]/)
      await assert.rejects(client.act(identity(dispatcher), opening('Q')), (error) => {
        assert.ok(error instanceof Refused)
        assert.equal(error.refusal.name, 'notPermitted')
        assert.match(error.refusal.en, /exchange/)
        return true
      })
    }))

  it('gets a promise for an act taken in, and later its receipt', () =>
    withRig({}, async (rig) => {
      const client = rig.client()
      const taken = await client.submitAccepted(client.sign(me, await client.build(me, opening('Q'))))
      assert.ok('intake' in taken)
      while ((await client.receipt(taken.id)) === undefined) await turn()
      assert.equal((await client.receipt(taken.id))?.receipt.code, 0)
      assert.equal((await client.block(1)) !== undefined, true)
      assert.equal(await client.block(1_000), undefined)
    }))
})
