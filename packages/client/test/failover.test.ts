import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInadmissible, readEnvelope, signBody } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { Client, type Fetch, Refused, Unreachable, buildBody, identityOf } from '../src/index.ts'
import { FakeNodes, type Scripted, accepted, committedAs, refusal } from './fake-nodes.ts'

const { sha256 } = nodeCrypto
const me = identityOf(sha256, 'GENA', signerFromSecret('ed25519', new Uint8Array(32).fill(7)))
const ledger = { chain: 'c'.repeat(64), domain: 'public' }
const START_MS = 1_800_000_000_000

function actOf(sequence: number, lifetimeMs = 60_000) {
  const moment = { nowMs: START_MS, sequence }
  const bytes = signBody(me.signer, buildBody(ledger, me, { act: 'a.b', payload: {}, lifetimeMs }, moment))
  const envelope = readEnvelope(sha256, bytes)
  assert.ok(!isInadmissible(envelope))
  return { bytes, id: envelope.id }
}

const { bytes, id } = actOf(1)
const other = actOf(2)

function clientOf(script: readonly Scripted[]) {
  const nodes = new FakeNodes(START_MS, script)
  const names = ['http://one', 'http://two', 'http://three']
  const client = new Client({ nodes: names, sha256, fetch: nodes.fetch, timing: nodes.timing })
  return { client, nodes, asked: () => nodes.asked.map(({ url }) => url.replace('http://', '')) }
}

const isRefused = (name: string) => (error: unknown) => error instanceof Refused && error.refusal.name === name
const behind = refusal(503, 'blockTimeBehind', 1)

describe('several nodes', () => {
  it('[CLIENT-1] go on where one hangs: the same bytes to the next after ten seconds, not a minute', async () => {
    const { client, nodes, asked } = clientOf(['hang', 'hang', committedAs(id)])
    assert.equal((await client.submit(bytes)).id, id)
    assert.deepEqual(asked(), ['one/v1/acts', 'two/v1/acts', 'three/v1/acts'])
    assert.deepEqual(nodes.waited, [10_000, 10_000])
    for (const { body } of nodes.asked) assert.deepEqual(body, bytes)
  })

  it('[CLIENT-10] bring an accepted act into a block when the node that promised it is gone', async () => {
    const { client, nodes, asked } = clientOf([accepted(id), 'lost', refusal(503, 'stopping'), committedAs(id)])
    const taken = await client.submitAccepted(bytes)
    assert.equal(taken.state, 'accepted')
    assert.equal((await client.untilCommitted(bytes)).receipt.id, id)
    assert.deepEqual(asked(), ['one/v1/acts?wait=accepted', 'one/v1/acts', 'two/v1/acts', 'three/v1/acts'])
    for (const { body } of nodes.asked) assert.deepEqual(body, bytes)
  })

  it('[CLIENT-10] go on through every kind of trouble, and give the one receipt', async () => {
    const trouble: Scripted[] = [
      'lost',
      'brokenOff',
      'hang',
      'proxyPage',
      refusal(429, 'queueFull', 1),
      refusal(503, 'catchingUp'),
    ]
    for (let from = 0; from < trouble.length; from++) {
      const script = [...trouble.slice(from), ...trouble.slice(0, from), committedAs(id)]
      const { client, nodes } = clientOf(script)
      assert.equal((await client.untilCommitted(bytes)).id, id)
      assert.equal(nodes.asked.length, 7)
    }
  })

  it('[CLIENT-4] look for the receipt when a node refuses what another may have executed', async () => {
    for (const name of ['expired', 'notPermitted', 'keyNotLive']) {
      const status = name === 'expired' ? 410 : 403
      const { client, asked } = clientOf(['lost', refusal(status, name), committedAs(id)])
      assert.equal((await client.submit(bytes)).id, id)
      assert.deepEqual(asked().slice(1), ['two/v1/acts', `two/v1/receipts/${id}`])
      const none = clientOf(['lost', refusal(status, name), refusal(404, 'receiptUnknown')])
      await assert.rejects(none.client.submit(bytes), isRefused(name))
    }
    const never = clientOf([refusal(403, 'notPermitted')])
    await assert.rejects(never.client.submit(bytes), Refused)
    assert.equal(never.nodes.asked.length, 1, 'nobody has had it: there is nothing to look for')
  })

  it('[CLIENT-4] are asked about a promised act until block time is past its expiry, whatever they refuse it for', async () => {
    const refusals = [refusal(403, 'notPermitted'), refusal(401, 'keyNotLive'), behind, refusal(409, 'repeated')]
    const found = clientOf([...refusals, committedAs(id)])
    assert.equal((await found.client.untilCommitted(bytes)).id, id)
    const none = clientOf([...refusals, refusal(410, 'expired'), refusal(404, 'receiptUnknown')])
    await assert.rejects(none.client.untilCommitted(bytes), isRefused('expired'))
    const wrong = clientOf([refusal(400, 'wrongChain'), refusal(404, 'receiptUnknown')])
    await assert.rejects(wrong.client.untilCommitted(bytes), isRefused('wrongChain'))
  })

  it('[CLIENT-4] are asked on when the act has expired by their clocks alone', async () => {
    for (const send of ['submit', 'untilCommitted'] as const) {
      const short = actOf(3, 8_000)
      const { client, nodes } = clientOf(['hang', ...Array(6).fill(behind), committedAs(short.id)])
      assert.equal((await client[send](short.bytes)).id, short.id)
      assert.ok(nodes.timing.nowMs() > START_MS + 8_000)
      const late = clientOf([...Array(3).fill(behind), refusal(410, 'expired'), refusal(404, 'receiptUnknown')])
      await assert.rejects(late.client[send](short.bytes), isRefused('expired'))
    }
  })

  it('[CLIENT-3] refuse nothing that may be in a block: where none says so in time, nobody knows', async () => {
    const full = refusal(429, 'queueFull', 10)
    for (const script of [Array(200).fill(behind), ['lost', ...Array(200).fill(full)]] as readonly Scripted[][]) {
      const { client, nodes } = clientOf(script)
      await assert.rejects(client.submit(bytes), Unreachable)
      assert.ok(nodes.timing.nowMs() < START_MS + 100_000)
    }
    const promised = clientOf(Array<Scripted>(200).fill(full))
    await assert.rejects(promised.client.untilCommitted(bytes), Unreachable)
    const fresh = clientOf(Array<Scripted>(200).fill(full))
    await assert.rejects(fresh.client.submit(bytes), isRefused('queueFull'))
  })

  it('[CLIENT-4] have the receipt that one lacks which joined by snapshot, long after its expiry too', async () => {
    for (const lacking of [refusal(409, 'repeated'), refusal(503, 'outcomeNotHeld', 1)]) {
      const old = actOf(4, -3_600_000)
      const { client, asked } = clientOf([lacking, lacking, committedAs(old.id)])
      assert.equal((await client.submit(old.bytes)).id, old.id)
      assert.deepEqual(asked(), ['one/v1/acts', 'two/v1/acts', 'three/v1/acts'])
    }
  })

  it('[CLIENT-2] each request goes on by itself: those that fail together do not turn back to the node that hangs', async () => {
    const asked: string[] = []
    const hanging: (() => void)[] = []
    const fetch: Fetch = async (input, init) => {
      asked.push(new URL(String(input as string)).host)
      if (asked.at(-1) === 'one') {
        await new Promise<void>((resolve) => {
          hanging.push(resolve)
          if (hanging.length === 4) for (const hangUp of hanging) hangUp()
        })
        throw new DOMException('it took too long', 'TimeoutError')
      }
      const envelope = readEnvelope(sha256, init?.body as Uint8Array)
      assert.ok(!isInadmissible(envelope))
      return new Response(JSON.stringify(committedAs(envelope.id).body))
    }
    const { timing } = new FakeNodes(START_MS, [])
    const client = new Client({ nodes: ['http://one', 'http://two'], sha256, fetch, timing })
    await Promise.all([1, 2, 3, 4].map((sequence) => client.submit(actOf(sequence).bytes)))
    await client.submit(actOf(5).bytes)
    assert.deepEqual(asked, [...Array<string>(4).fill('one'), ...Array<string>(5).fill('two')])
  })

  it('[CLIENT-9] are not believed when they answer to another act', async () => {
    for (const wrong of [committedAs(other.id), accepted(other.id), accepted(id)]) {
      const { client, asked } = clientOf([wrong, committedAs(id)])
      assert.equal((await client.submit(bytes)).id, id)
      assert.deepEqual(asked(), ['one/v1/acts', 'two/v1/acts'])
    }
    const halves = committedAs(other.id)
    Object.assign(halves.body as object, { id })
    const { client } = clientOf([halves, committedAs(id)])
    assert.equal((await client.submit(bytes)).receipt.id, id)
  })

  it('[CLIENT-9] are not believed in a bulk either: all of it is sent again', async () => {
    const lines = (...ids: readonly string[]) => {
      const text = ids.map((each, row) => JSON.stringify({ row, ...(committedAs(each).body as object) })).join('\n')
      return { status: 200, text }
    }
    const { client, asked } = clientOf([lines(other.id, id), lines(id, id), lines(id, other.id)])
    const answers = await client.submitMany([bytes, other.bytes])
    assert.deepEqual(
      answers.map((each) => each.id),
      [id, other.id],
    )
    assert.equal(asked().length, 3)
  })

  it('[CLIENT-1] have a little longer for a bulk, by the number of its acts', async () => {
    const line = JSON.stringify({ row: 0, ...(committedAs(id).body as object) })
    const { client, nodes } = clientOf(['hang', { status: 200, text: line }])
    await client.submitMany([bytes])
    assert.deepEqual(nodes.waited, [10_005])
  })

  it('[CLIENT-4] are asked again about the lines of a bulk whose fate one cannot tell', async () => {
    const line = (status: number, name: string) => ({
      state: 'notTaken',
      status,
      ...(refusal(status, name).body as object),
    })
    const text = (...lines: readonly object[]) => {
      return { status: 200, text: lines.map((each, row) => JSON.stringify({ row, ...each })).join('\n') }
    }
    const open = text(line(503, 'blockTimeBehind'), line(409, 'repeated'))
    const receipts = [committedAs(id).body as object, committedAs(other.id).body as object]
    const { client, asked } = clientOf([open, open, text(...receipts)])
    const answers = await client.submitMany([bytes, other.bytes])
    assert.deepEqual(
      answers.map((each) => each.id),
      [id, other.id],
    )
    assert.deepEqual(
      asked(),
      ['one', 'two', 'three'].map((node) => `${node}/v1/acts/bulk`),
    )
    const never = clientOf(Array<Scripted>(200).fill(open))
    await assert.rejects(never.client.submitMany([bytes, other.bytes]), Unreachable)
  })

  it('[CLIENT-1] that are all gone end it when the act has expired, and not before', async () => {
    const { client, nodes } = clientOf(Array<'hang'>(100).fill('hang'))
    await assert.rejects(client.submit(bytes), Unreachable)
    assert.ok(nodes.timing.nowMs() >= START_MS + 60_000)
    assert.ok(nodes.asked.length >= 5)
  })
})
