import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Refused, Unreachable } from '../src/index.ts'
import { type Scripted, committedAs, lines, refusal } from './fake-nodes.ts'
import { START_MS, actOf, clientOf, isRefused } from './three-nodes.ts'

const { bytes, id } = actOf(1)
const other = actOf(2)
const full = refusal(429, 'queueFull', 10)
const denied = refusal(403, 'notPermitted')
const always = (scripted: Scripted): readonly Scripted[] => Array<Scripted>(200).fill(scripted)
/** After each of these an act may be in a block. */
const open: readonly Scripted[] = [
  'lost',
  'brokenOff',
  'hang',
  'proxyPage',
  refusal(503, 'stopping', 5),
  refusal(503, 'nodeFailed'),
  refusal(500, 'internal'),
  { status: 200, body: {} },
]
/** After each of these it is not there. */
const closed: readonly Scripted[] = [
  'down',
  full,
  refusal(429, 'tooManyWaiting', 1),
  refusal(408, 'requestTooSlow'),
  refusal(503, 'catchingUp', 1),
  refusal(503, 'clockLeapt', 10),
]

describe('the fate of an act', () => {
  it('[CLIENT-3] is open once a node may have it, also one that stops, fails or does not know what happened', async () => {
    for (const first of open) {
      const { client } = clientOf([first, ...always(full)])
      await assert.rejects(client.submit(bytes), Unreachable, JSON.stringify(first))
      const bulk = clientOf([first, ...always(lines(full))])
      await assert.rejects(bulk.client.submitMany([bytes]), Unreachable, JSON.stringify(first))
    }
    for (const row of [refusal(503, 'stopping', 5), refusal(503, 'nodeFailed')]) {
      const { client } = clientOf([lines(row), ...always(lines(full))])
      await assert.rejects(client.submitMany([bytes]), Unreachable)
    }
  })

  it('[CLIENT-3] is certain where no node can have it: nobody had room', async () => {
    for (const first of closed) {
      const { client } = clientOf([first, ...always(full)])
      await assert.rejects(client.submit(bytes), isRefused('queueFull'), JSON.stringify(first))
      const bulk = clientOf([first, ...always(lines(full))])
      const [answer] = await bulk.client.submitMany([bytes])
      assert.ok(isRefused('queueFull')(answer), JSON.stringify(first))
    }
  })

  it('[CLIENT-4] is asked of the others where a node does not admit what another may have', async () => {
    for (const first of open) {
      const { client, asked } = clientOf([first, denied, committedAs(id)])
      assert.equal((await client.submit(bytes)).id, id)
      assert.deepEqual(asked(), ['one/v1/acts', 'two/v1/acts', 'three/v1/acts'])
      const none = clientOf([first, denied, denied, denied])
      await assert.rejects(none.client.submit(bytes), isRefused('notPermitted'))
      assert.equal(none.nodes.asked.length, 4)
    }
    for (const first of closed) {
      const { client, nodes } = clientOf([first, denied])
      await assert.rejects(client.submit(bytes), isRefused('notPermitted'))
      assert.equal(nodes.asked.length, 2)
    }
  })

  it('[CLIENT-4] stays open where one that may have it does not answer any more, for half a minute and not for all its time', async () => {
    const { client, nodes } = clientOf(['lost', denied, ...always(full)])
    await assert.rejects(
      client.submit(actOf(3, 3_600_000).bytes),
      /may have been executed; the last answer was queueFull/,
    )
    assert.ok(nodes.timing.nowMs() <= START_MS + 45_000)
  })

  it('[CLIENT-4] is not for a node of another ledger to tell', async () => {
    for (const name of ['wrongChain', 'wrongDomain']) {
      const wrong = refusal(400, name)
      for (const send of ['submit', 'untilCommitted'] as const) {
        const { client } = clientOf([wrong, committedAs(id)])
        assert.equal((await client[send](bytes)).id, id)
        const none = clientOf([wrong, wrong, wrong])
        await assert.rejects(none.client[send](bytes), isRefused(name))
      }
    }
  })

  it('[CLIENT-4] is certain after `expired`: whoever has its receipt answers with that', async () => {
    const { client, nodes } = clientOf(['lost', refusal(410, 'expired')])
    await assert.rejects(client.submit(bytes), isRefused('expired'))
    assert.equal(nodes.asked.length, 2)
  })

  it('[CLIENT-4] is in a bulk that of each act by itself', async () => {
    const { client, nodes } = clientOf(['lost', lines(denied, committedAs(other.id)), lines(committedAs(id))])
    const answers = await client.submitMany([bytes, other.bytes])
    assert.deepEqual(
      answers.map((each) => each.id),
      [id, other.id],
    )
    assert.equal(nodes.asked.length, 3)
    const fresh = clientOf([lines(denied, committedAs(other.id))])
    const [refused, taken] = await fresh.client.submitMany([bytes, other.bytes])
    assert.ok(refused instanceof Refused)
    assert.equal(taken?.id, other.id)
  })

  it('[CLIENT-1] is found out by sending again a bulk that did not arrive in time, or that none takes whole', async () => {
    const { client } = clientOf([refusal(408, 'requestTooSlow'), lines(committedAs(id))])
    assert.equal((await client.submitMany([bytes]))[0]?.id, id)
    const tooMany = clientOf([refusal(413, 'tooManyRows')])
    assert.ok(isRefused('tooManyRows')((await tooMany.client.submitMany([bytes]))[0]))
  })
})
