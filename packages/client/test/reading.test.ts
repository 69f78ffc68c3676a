import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Fetch, Unreachable } from '../src/index.ts'
import { type Scripted, accepted, committedAs, refusal } from './fake-nodes.ts'
import { actOf, clientOf, isRefused, ledger, me } from './three-nodes.ts'

const { bytes, id } = actOf(1)
const unknown = refusal(404, 'receiptUnknown')
const found: Scripted = { status: 200, body: committedAs(id).body }
const status = (chain: string): Scripted => ({ status: 200, body: { ...ledger, chain, receipts: 0 } })

describe('what is read', () => {
  it('[CLIENT-13] comes from another node where the clock of one is off, and is refused where each says so', async () => {
    const off = refusal(401, 'queryTimeOff')
    const { client, asked } = clientOf([off, found], { viewer: me })
    assert.equal((await client.receipt(id))?.id, id)
    assert.deepEqual(asked(), [`one/v1/receipts/${id}`, `two/v1/receipts/${id}`])
    const ours = clientOf(Array<Scripted>(9).fill(off), { viewer: me })
    await assert.rejects(ours.client.receipt(id), isRefused('queryTimeOff'))
  })

  it('[CLIENT-13] comes from a node that holds what one that joined by snapshot does not', async () => {
    const page = { height: 1, receipts: [{ index: 0, height: 1, time: 1, withheld: true }], next: 0, more: false }
    const { client } = clientOf([refusal(410, 'receiptsNotHeld'), { status: 200, body: page }])
    let count = 0
    for await (const _ of client.receipts()) count++
    assert.equal(count, 1)
  })

  it('[CLIENT-13] comes from another node where an answer breaks off', async () => {
    const { client, nodes } = clientOf(['brokenOff', found])
    assert.equal((await client.receipt(id))?.id, id)
    assert.equal(nodes.asked.length, 2)
  })

  it('[CLIENT-13] is unknown only where no node has it; each is asked once, and the first goes on being the first', async () => {
    const { client, asked } = clientOf([unknown, unknown, found, unknown, 'lost', unknown])
    assert.equal((await client.receipt(id))?.id, id)
    assert.equal(await client.receipt(id), undefined)
    assert.deepEqual(
      asked(),
      ['one', 'two', 'three', 'one', 'two', 'three'].map((node) => `${node}/v1/receipts/${id}`),
    )
    const block = clientOf([refusal(404, 'blockUnknown'), { status: 200, body: { height: 3 } }])
    assert.deepEqual(await block.client.block(3), { height: 3 })
  })

  it('[CLIENT-13] is asked once more of a node that was silent before another lacked it: unknown is what none has that answers', async () => {
    const back = clientOf(['lost', unknown, unknown, found])
    assert.equal((await back.client.receipt(id))?.id, id)
    const down = clientOf(['lost', 'lost', 'lost', unknown, 'lost', 'lost'])
    assert.equal(await down.client.receipt(id), undefined)
    assert.deepEqual(
      down.asked(),
      ['one', 'two', 'three', 'one', 'two', 'three'].map((node) => `${node}/v1/receipts/${id}`),
    )
  })

  it('[CLIENT-13] is not waited for longer than ten seconds where another has said that it is unknown', async () => {
    const { client, nodes } = clientOf([unknown, 'hang', 'hang'])
    assert.equal(await client.receipt(id), undefined)
    assert.deepEqual(nodes.waited, [10_000, 10_000])
  })

  it('[CLIENT-14] has an end: a body without one is no answer', async () => {
    const piece = new Uint8Array(1024 * 1024)
    let pieces = 0
    let isCancelled = false
    const endless = new ReadableStream({
      pull: (controller) => {
        pieces++
        controller.enqueue(piece)
      },
      cancel: () => void (isCancelled = true),
    })
    // A browser shows the length of a packed body, and not that it is packed.
    const answers = [new Response(endless, { headers: { 'content-length': '10' } }), new Response('{}')]
    const fetch: Fetch = async () => answers.shift() as Response
    const { client } = clientOf([], { fetch })
    assert.equal(new TextDecoder().decode(await client.genesis()), '{}')
    assert.ok(isCancelled)
    assert.ok(pieces <= 131, String(pieces))
  })

  it('[CLIENT-15] is of the ledger that was named: a node of another is none', async () => {
    const { chain } = ledger
    const { client } = clientOf([status('d'.repeat(64)), status(chain)], { chain })
    assert.equal((await client.build(me, { act: 'a.b', payload: {} })).chain, chain)
    const none = clientOf(Array<Scripted>(9).fill(status('d'.repeat(64))), { chain })
    await assert.rejects(none.client.build(me, { act: 'a.b', payload: {} }), Unreachable)
  })

  it('[CLIENT-9] is no promise for another ledger', async () => {
    const wrong = accepted(id)
    Object.assign((wrong.body as any).intake, { chain: 'd'.repeat(64) })
    const { client, asked } = clientOf([wrong, accepted(id)])
    assert.equal((await client.submitAccepted(bytes)).state, 'accepted')
    assert.equal(asked().length, 2)
  })
})
