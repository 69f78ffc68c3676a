import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Client, Refused } from '../src/index.ts'
import { FakeNodes, type Scripted, refusal } from './fake-nodes.ts'

const event = (index: number) => `id: ${index}\nevent: receipt\ndata: {"receipt":{"index":${index}}}\n\n`

/** Follows until that index has come; gives the indices and where it connected. */
async function followed(script: readonly Scripted[], after: number, until: number) {
  const nodes = new FakeNodes(0, script)
  const client = new Client({ nodes: ['http://one', 'http://two'], fetch: nodes.fetch, timing: nodes.timing })
  const stop = new AbortController()
  const indices: number[] = []
  for await (const listed of client.stream({ after, signal: stop.signal })) {
    const index = 'receipt' in listed ? listed.receipt.index : listed.index
    indices.push(index)
    if (index === until) stop.abort()
  }
  return { indices, urls: nodes.asked.map(({ url }) => url) }
}

describe('following receipts', () => {
  it('[CLIENT-8] connects again where the last connection broke off: nothing lost, nothing twice', async () => {
    const { indices, urls } = await followed(
      [
        { stream: [': hello\n\n', event(0), event(1).slice(0, 20)], last: 'breakOff' },
        'lost',
        { stream: [event(1) + event(2), 'event: end\ndata: {"reason":"closing"}\n\n'], last: 'end' },
        { stream: [event(3)], last: 'stay' },
      ],
      -1,
      3,
    )
    assert.deepEqual(indices, [0, 1, 2, 3])
    assert.deepEqual(urls, [
      'http://one/v1/stream?after=-1',
      'http://two/v1/stream?after=0',
      'http://one/v1/stream?after=0',
      'http://two/v1/stream?after=2',
    ])
  })

  it('[CLIENT-8] takes a gap, or a receipt twice, for a broken connection', async () => {
    const { indices } = await followed(
      [
        { stream: [event(5), event(7)], last: 'stay' },
        { stream: [event(6), event(6)], last: 'stay' },
        { stream: [event(7)], last: 'stay' },
      ],
      4,
      7,
    )
    assert.deepEqual(indices, [5, 6, 7])
  })

  it('[CLIENT-8] reads events however the bytes are cut', async () => {
    const text = event(0) + event(1) + event(2).replace('"index"', '"city":"成都","index"')
    const bytes = [...text]
    const { indices } = await followed([{ stream: bytes, last: 'stay' }], -1, 2)
    assert.deepEqual(indices, [0, 1, 2])
  })

  it('waits when there is no place, and says what is refused', async () => {
    const { indices } = await followed([refusal(429, 'tooManyStreams', 1), { stream: [event(0)], last: 'stay' }], -1, 0)
    assert.deepEqual(indices, [0])
    await assert.rejects(followed([refusal(401, 'badSignature')], -1, 0), Refused)
  })

  it('[CLIENT-8] asks again when another node has not yet what one gave, but not for what none has given', async () => {
    const behind = refusal(400, 'badValue')
    Object.assign((behind as any).body.error.facts, { rule: 'aboveMaximum', limit: 3 })
    const script: Scripted[] = [{ stream: [event(5)], last: 'end' }, behind, { stream: [event(6)], last: 'stay' }]
    assert.deepEqual((await followed(script, 4, 6)).indices, [5, 6])
    await assert.rejects(followed([behind, behind], 4, 5), Refused)
  })

  it('[CLIENT-8] waits for a node that is behind the one that told where to begin', async () => {
    const behind = refusal(400, 'badValue')
    Object.assign((behind as any).body.error.facts, { rule: 'aboveMaximum', limit: 10 })
    const nodes = new FakeNodes(0, [
      { status: 200, body: { receipts: 12 } },
      'lost',
      behind,
      'lost',
      behind,
      { stream: [event(12)], last: 'stay' },
    ])
    const client = new Client({ nodes: ['http://one', 'http://two'], fetch: nodes.fetch, timing: nodes.timing })
    for await (const _ of client.stream()) break
    assert.equal(nodes.asked.length, 6)
  })

  it('[CLIENT-8] leaves what a node does not hold to the others, and ends when none does', async () => {
    const lacking = refusal(410, 'receiptsNotHeld')
    const { indices, urls } = await followed([lacking, { stream: [event(0)], last: 'stay' }], -1, 0)
    assert.deepEqual([indices, urls.length], [[0], 2])
    await assert.rejects(followed([lacking, 'lost', lacking, lacking], -1, 0), Refused)
  })

  it('[CLIENT-14] takes an event without end for a broken connection', async () => {
    const endless = Array<string>(33).fill('x'.repeat(1024 * 1024))
    const script: Scripted[] = [
      { stream: endless, last: 'stay' },
      { stream: [event(0)], last: 'stay' },
    ]
    assert.deepEqual((await followed(script, -1, 0)).indices, [0])
  })

  it('begins after the newest receipt unless told', async () => {
    const nodes = new FakeNodes(0, [
      { status: 200, body: { receipts: 12 } },
      { stream: [event(12)], last: 'stay' },
    ])
    const client = new Client({ nodes: ['http://one'], fetch: nodes.fetch, timing: nodes.timing })
    for await (const _ of client.stream()) break
    assert.equal(nodes.asked[1]?.url, 'http://one/v1/stream?after=11')
  })
})
