import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TRIVIAL_TIME_MS, actOf, actorOf } from '@dujiang/testing/trivial'
import { Rig, alice, bob, receiptOf } from './rig.ts'

const alarm = (rig: Rig, name: string, atMs: number) => rig.act(alice, 'alarm.set', { alarm: name, atMs, onRing: [] })
const rung = (name: string) => `trivial/rung/${name}`

describe('the embedded engine', () => {
  it('[ENG-2] makes no block on an empty ledger, however long it waits', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await rig.pass(3_600_000)
    assert.equal(node.status().height, 0)
    await node.close()
  })

  it('[ENG-2] gives a block the time of the clock, and a later one than its predecessor when the clock stands', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const first = receiptOf(await node.submit(rig.mix(1)))
    const second = receiptOf(await node.submit(rig.mix(2)))
    assert.equal(first.time, TRIVIAL_TIME_MS + 1_000)
    assert.equal(second.time, first.time + 1)
    await node.close()
  })

  it('[ENG-4] puts what arrives while a block is being stored into the next one, together', async () => {
    const rig = new Rig()
    rig.disk.conditions.delayMsMax = 0
    const node = await rig.open()
    const first = node.submit(rig.mix(1))
    // In the same turn: they belong to the same block.
    const same = node.submit(rig.mix(2, bob))
    await Promise.resolve()
    await Promise.resolve()
    const later = node.submitMany([rig.mix(3), rig.mix(4), rig.mix(5, bob)])
    assert.equal(receiptOf(await first).height, 1)
    assert.equal(receiptOf(await same).height, 1)
    assert.deepEqual(
      (await later).map((each) => receiptOf(each).height),
      [2, 2, 2],
    )
    await node.close()
  })

  it('[ENG-5] makes a receipt provable by an empty block when no acts come along', async () => {
    const rig = new Rig({ limits: { proofDelayMs: 20 } })
    const node = await rig.open()
    const { id } = receiptOf(await node.submit(rig.mix(1)))
    await rig.pass(19)
    assert.equal(node.status().height, 1)
    assert.equal(await node.prove(id), undefined)
    await rig.pass(1)
    assert.equal(node.status().height, 2)
    assert.notEqual(await node.prove(id), undefined)
    await rig.pass(3_600_000)
    assert.equal(node.status().height, 2, 'an empty block changes nothing and wants no proof of its own')
    await node.close()
  })

  it('[ENG-5] makes no empty block when acts make the receipt provable', async () => {
    const rig = new Rig({ limits: { proofDelayMs: 20 } })
    const node = await rig.open()
    const { id } = receiptOf(await node.submit(rig.mix(1)))
    await rig.pass(10)
    await node.submit(rig.mix(2))
    assert.notEqual(await node.prove(id), undefined)
    assert.equal(node.status().height, 2)
    await node.close()
  })

  it('[ENG-5] makes up for the proof that was missing when the node was stopped', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const { id } = receiptOf(await node.submit(rig.mix(1)))
    await node.close()
    const again = await rig.open()
    await rig.pass(1)
    assert.notEqual(await again.prove(id), undefined)
    await again.close()
  })

  it('[ENG-6] does what falls due at its time on a ledger that has been quiet for ten minutes', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const atMs = rig.clock.nowMs() + 600_000
    await node.submit(alarm(rig, 'A', atMs))
    await rig.pass(599_999)
    assert.equal(node.view().get(rung('A')), undefined)
    await rig.pass(1)
    assert.equal(node.view().get(rung('A')), 1)
    const due = (await node.receiptAt(1))?.receipt
    assert.equal(due?.kind, 'due')
    assert.equal(due?.time, atMs)
    await node.close()
  })

  it('[ENG-6] does what fell due while the node was down as soon as it is back', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(alarm(rig, 'A', rig.clock.nowMs() + 5_000))
    await node.close()
    await rig.pass(60_000)
    const again = await rig.open()
    await rig.pass(0)
    assert.equal(again.view().get(rung('A')), 1)
    await again.close()
  })

  it('[ENG-6] decides an act that arrives before the due time before it, and one that arrives at it after it', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const atMs = rig.clock.nowMs() + 10_000
    await node.submit(alarm(rig, 'A', atMs))
    await rig.pass(9_999)
    const before = receiptOf(await node.submit(rig.mix(1)))
    await rig.pass(1)
    const after = receiptOf(await node.submit(rig.mix(2)))
    const due = (await node.receipts(0, 4)).find(({ receipt }) => receipt.kind === 'due')?.receipt
    assert.ok(before.time < atMs && before.index < (due?.index ?? 0))
    assert.ok(after.time >= atMs && after.index > (due?.index ?? 0))
    await node.close()
  })

  it('[ENG-3] keeps waiting what exceeds a block, in the order it came', async () => {
    const rig = new Rig({ limits: { blockActsMax: 2 } })
    const node = await rig.open()
    const outcomes = await node.submitMany([1, 2, 3, 4, 5].map((amount) => rig.mix(amount)))
    assert.deepEqual(
      outcomes.map((each) => receiptOf(each).height),
      [1, 1, 2, 2, 3],
    )
    await node.close()
  })

  it('[ENG-3] makes no block of more bytes than it may have', async () => {
    const rig = new Rig()
    const [first, second, third] = [rig.mix(1), rig.mix(2), rig.mix(3)] as const
    const node = await rig.open({ limits: { blockBytesMax: first.length + second.length } })
    const outcomes = await node.submitMany([first, second, third])
    assert.deepEqual(
      outcomes.map((each) => receiptOf(each).height),
      [1, 1, 2],
    )
    await node.close()
  })

  it('[ENG-1] refuses to sign for a chain that has another validator', async () => {
    const rig = new Rig()
    await assert.rejects(rig.open({ validator: actorOf('ALICE').signer }), /signs alone/)
    // and has given the folder back
    const node = await rig.open()
    await node.close()
  })

  it('[ENG-2] answers in blocks what was taken in before it is closed', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const waiting = node.submitMany([rig.mix(1), rig.mix(2)])
    const closed = node.close()
    for (const outcome of await waiting) assert.equal(outcome.kind, 'committed')
    await closed
    const late = await node.submit(
      actOf(alice, { act: 'tally.mix', chain: rig.chain, sequence: 9, expires: 1, payload: {} }),
    )
    assert.deepEqual(late.kind === 'busy' && late.reason, 'stopping')
  })
})
