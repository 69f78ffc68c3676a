import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { Client, type Fetch, Unreachable } from '../src/index.ts'
import { FakeNodes, type Scripted, accepted, committedAs, lines, refusal } from './fake-nodes.ts'
import { START_MS, actOf, clientOf, isRefused, sha256 } from './three-nodes.ts'

const { bytes, id } = actOf(1)
const other = actOf(2)
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

  it('[CLIENT-4] are asked about a promised act until block time is past its expiry, whatever they refuse it for', async () => {
    const refusals = [refusal(403, 'notPermitted'), refusal(401, 'keyNotLive'), behind, refusal(409, 'repeated')]
    const found = clientOf([...refusals, committedAs(id)])
    assert.equal((await found.client.untilCommitted(bytes)).id, id)
    const none = clientOf([...refusals, refusal(410, 'expired')])
    await assert.rejects(none.client.untilCommitted(bytes), isRefused('expired'))
    const wrong = clientOf([refusal(400, 'malformed')])
    await assert.rejects(wrong.client.untilCommitted(bytes), isRefused('malformed'))
  })

  it('[CLIENT-4] are asked on when the act has expired by their clocks alone', async () => {
    for (const send of ['submit', 'untilCommitted'] as const) {
      const short = actOf(3, 8_000)
      const { client, nodes } = clientOf(['hang', ...Array(6).fill(behind), committedAs(short.id)])
      assert.equal((await client[send](short.bytes)).id, short.id)
      assert.ok(nodes.timing.nowMs() > START_MS + 8_000)
      const late = clientOf([...Array(3).fill(behind), refusal(410, 'expired')])
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
    const rows = (...ids: readonly string[]) => lines(...ids.map(committedAs))
    const { client, asked } = clientOf([rows(other.id, id), rows(id, id), rows(id, other.id)])
    const answers = await client.submitMany([bytes, other.bytes])
    assert.deepEqual(
      answers.map((each) => each.id),
      [id, other.id],
    )
    assert.equal(asked().length, 3)
  })

  it('[CLIENT-1] have a little longer for a bulk, by the number of its acts', async () => {
    const { client, nodes } = clientOf(['hang', lines(committedAs(id))])
    await client.submitMany([bytes])
    assert.deepEqual(nodes.waited, [10_005])
  })

  it('[CLIENT-4] are asked again about the lines of a bulk whose fate one cannot tell', async () => {
    const open = lines(refusal(503, 'blockTimeBehind'), refusal(409, 'repeated'))
    const { client, asked } = clientOf([open, open, lines(committedAs(id), committedAs(other.id))])
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
