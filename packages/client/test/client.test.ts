import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signBody } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { Client, Refused, Sequences, Unreachable, buildBody, identityOf } from '../src/index.ts'
import { FakeNodes, committed, committedAs, refusal } from './fake-nodes.ts'

const me = identityOf(nodeCrypto.sha256, 'GENA', signerFromSecret('ed25519', new Uint8Array(32).fill(7)))
const ledger = { chain: 'c'.repeat(64), domain: 'public' }
const START_MS = 1_800_000_000_000

/** An act that expires a minute from the start. */
const act = (lifetimeMs = 60_000) =>
  signBody(me.signer, buildBody(ledger, me, { act: 'a.b', payload: {}, lifetimeMs }, { nowMs: START_MS, sequence: 1 }))

function clientOf(nodes: FakeNodes, names = ['http://one', 'http://two/']): Client {
  return new Client({ nodes: names, fetch: nodes.fetch, timing: nodes.timing })
}

describe('sending an act', () => {
  it('[CLIENT-1] sends the same bytes to the next node when the acknowledgement is lost', async () => {
    const nodes = new FakeNodes(START_MS, ['lost', committed({ repeated: true })])
    const bytes = act()
    const answer = await clientOf(nodes).submit(bytes)
    assert.equal(answer.repeated, true)
    assert.deepEqual(
      nodes.asked.map(({ url }) => url),
      ['http://one/v1/acts', 'http://two/v1/acts'],
    )
    for (const { body } of nodes.asked) assert.deepEqual(body, bytes)
  })

  it('[CLIENT-1] sends again after an answer that breaks off, after 5xx, and after what is not this API', async () => {
    const nodes = new FakeNodes(START_MS, ['brokenOff', refusal(503, 'stopping'), 'proxyPage', committed()])
    assert.equal((await clientOf(nodes).submit(act())).receipt.code, 0)
    assert.equal(nodes.asked.length, 4)
  })

  it('[CLIENT-2] asks the next node at once, and waits as long as a busy one asks when all are', async () => {
    const busy = refusal(429, 'queueFull', 7)
    const one = new FakeNodes(START_MS, [busy, committed()])
    await clientOf(one).submit(act())
    assert.deepEqual(one.slept, [])
    const both = new FakeNodes(START_MS, [busy, busy, committed()])
    await clientOf(both).submit(act())
    assert.deepEqual(both.slept, [7_000])
  })

  it('[CLIENT-2] waits longer from round to round, five seconds at most', async () => {
    const nodes = new FakeNodes(START_MS, [...Array<'lost'>(18).fill('lost'), committed()])
    await clientOf(nodes).submit(act(120_000))
    assert.deepEqual(nodes.slept, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000])
  })

  it('[CLIENT-1] gives up when the act has expired', async () => {
    const nodes = new FakeNodes(START_MS, Array<'lost'>(100).fill('lost'))
    await assert.rejects(clientOf(nodes).submit(act(10_000)), Unreachable)
    assert.ok(nodes.timing.nowMs() >= START_MS + 10_000)
    assert.ok(nodes.timing.nowMs() < START_MS + 20_000)
  })

  it('[CLIENT-3] does not send again what is refused', async () => {
    for (const [status, name] of [
      [400, 'malformed'],
      [401, 'badSignature'],
      [403, 'notPermitted'],
      [410, 'expired'],
    ] as const) {
      const nodes = new FakeNodes(START_MS, [refusal(status, name)])
      await assert.rejects(clientOf(nodes).submit(act()), (error) => {
        assert.ok(error instanceof Refused)
        assert.deepEqual([error.status, error.refusal.name], [status, name])
        return true
      })
      assert.equal(nodes.asked.length, 1)
    }
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const nodes = new FakeNodes(START_MS, Array<'lost'>(100).fill('lost'))
    nodes.onAsked = (count) => count === 3 && stop.abort()
    await assert.rejects(clientOf(nodes).submit(act(), { signal: stop.signal }), { name: 'AbortError' })
    assert.equal(nodes.asked.length, 3)
  })

  it('sends what is no act once, and says what the node says', async () => {
    const nodes = new FakeNodes(START_MS, [refusal(400, 'malformed')])
    await assert.rejects(clientOf(nodes).submit(new TextEncoder().encode('rubbish')), Refused)
  })
})

describe('reading', () => {
  it('asks the next node when one cannot be reached, three times each in all', async () => {
    const nodes = new FakeNodes(START_MS, ['lost', 'lost', { status: 200, body: { acts: [] } }])
    assert.deepEqual(await clientOf(nodes).acts(), [])
    const dead = new FakeNodes(START_MS, Array<'lost'>(10).fill('lost'))
    await assert.rejects(clientOf(dead).status(), Unreachable)
    assert.equal(dead.asked.length, 6)
  })

  it('[CLIENT-5] signs what it reads for its viewer, and nothing else', async () => {
    const nodes = new FakeNodes(START_MS, [{ status: 200, body: committed().body }, committed()])
    const client = new Client({ nodes: ['http://one/base'], viewer: me, fetch: nodes.fetch, timing: nodes.timing })
    await client.receipt('f'.repeat(64))
    const [asked] = nodes.asked
    const [, signature] = /signature="([0-9a-f]{128})"$/.exec(asked?.headers['authorization'] ?? '') ?? []
    const message = `dujiang/query/1\nGET\n/base/v1/receipts/${'f'.repeat(64)}\n${START_MS}`
    const sig = Uint8Array.from(Buffer.from(signature ?? '', 'hex'))
    assert.ok(nodeCrypto.verify('ed25519', me.signer.publicKey, new TextEncoder().encode(message), sig))
    await client.submit(act())
    assert.equal(nodes.asked[1]?.headers['authorization'], undefined)
  })

  it('takes 404 for nothing there', async () => {
    const unknown = refusal(404, 'receiptUnknown')
    const nodes = new FakeNodes(START_MS, [unknown, unknown, refusal(404, 'rowUnknown')])
    assert.equal(await clientOf(nodes).receipt('0'.repeat(64)), undefined)
    assert.equal(await clientOf(nodes).row('a/b/c'), undefined)
  })
})

describe('building an act', () => {
  it('[CLIENT-6] gives sequences that rise, also when the clock stands still or goes back', () => {
    let nowMs = START_MS
    const sequences = new Sequences(() => nowMs)
    const first = sequences.next()
    assert.equal(first, START_MS * 1_000)
    assert.equal(sequences.next(), first + 1)
    nowMs -= 5_000
    assert.equal(sequences.next(), first + 2)
    nowMs += 6_000
    assert.equal(sequences.next(), (START_MS + 1_000) * 1_000)
    assert.ok(Number.isSafeInteger(Date.UTC(2255, 0) * 1_000))
  })

  it('[CLIENT-7] gives an act a reference nobody can guess, unless it has one', () => {
    const wanted = { act: 'a.b', payload: {} }
    const moment = { nowMs: START_MS, sequence: 1 }
    const [one, two] = [buildBody(ledger, me, wanted, moment), buildBody(ledger, me, wanted, moment)]
    assert.match(one.ref, /^[0-9a-f]{32}$/)
    assert.notEqual(one.ref, two.ref)
    assert.equal(buildBody(ledger, me, { ...wanted, ref: 'PO-17' }, moment).ref, 'PO-17')
    assert.equal(one.expires, START_MS + 600_000)
  })
  it('[CLIENT-12] builds and signs while no node answers, once it has read the status', async () => {
    const nodes = new FakeNodes(START_MS, [{ status: 200, body: { ...ledger, receipts: 0 } }])
    const client = clientOf(nodes)
    await client.status()
    const body = await client.build(me, { act: 'a.b', payload: {} })
    assert.deepEqual([body.chain, body.domain, nodes.asked.length], [ledger.chain, ledger.domain, 1])
  })

  it('[CLIENT-12] waits for a proof however long a node does not answer, and then says so', async () => {
    const lost = Array<'lost'>(12).fill('lost')
    const nodes = new FakeNodes(START_MS, [...lost, refusal(409, 'notYetProvable'), { status: 200, text: 'proof' }])
    assert.equal(new TextDecoder().decode(await clientOf(nodes).waitProvable('f'.repeat(64))), 'proof')
    const gone = new FakeNodes(START_MS, Array<'lost'>(1_000).fill('lost'))
    await assert.rejects(clientOf(gone).waitProvable('f'.repeat(64), { timeoutMs: 5_000 }), Unreachable)
  })
})

describe('sending many', () => {
  it('[CLIENT-1] sends again those the node had no room for, and keeps the order', async () => {
    const line = (row: number, id: string) => ({ row, ...(committedAs(id).body as object) })
    const busy = { row: 1, state: 'notTaken', status: 429, ...(refusal(429, 'queueFull', 2).body as object) }
    const bad = { row: 2, state: 'notTaken', status: 400, ...(refusal(400, 'malformed').body as object) }
    const nodes = new FakeNodes(START_MS, [
      { status: 200, text: [line(0, 'a'), busy, bad].map((each) => JSON.stringify(each)).join('\n') },
      { status: 200, text: JSON.stringify(line(0, 'b')) },
    ])
    const answers = await clientOf(nodes).submitMany([act(), act(), act()])
    assert.deepEqual(
      answers.map((each) => (each instanceof Refused ? each.refusal.name : each.id)),
      ['a', 'b', 'malformed'],
    )
    assert.equal(nodes.asked.length, 2)
  })

  it('[CLIENT-1] sends all of it again when the answer is lost', async () => {
    const nodes = new FakeNodes(START_MS, [
      'lost',
      { status: 200, text: JSON.stringify({ row: 0, ...(committed().body as object) }) },
    ])
    assert.equal((await clientOf(nodes).submitMany([act()])).length, 1)
  })
})
