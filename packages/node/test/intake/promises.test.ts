import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Actor, actorOf, keyRowOf } from '@dujiang/testing/trivial'
import { type IntakeReceipt, type NotTaken, promiseHolds } from '../../src/service/index.ts'
import { Rig, alice, allReceipts, bob, receiptOf } from '../engine/rig.ts'

function promised(answer: IntakeReceipt | NotTaken): IntakeReceipt {
  if (answer.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(answer)}`)
  return answer
}

describe('an intake receipt', () => {
  it('[IN-5] is signed by the node, and by nothing else', async () => {
    const rig = new Rig({ limits: { withinSeconds: 60 } })
    const node = await rig.open()
    await node.submit(rig.mix(1))
    const receipt = promised(await node.accept(rig.mix(2)))
    assert.ok(promiseHolds(nodeCrypto, receipt))
    assert.deepEqual([receipt.chain, receipt.height, receipt.withinSeconds], [rig.chain, 1, 60])
    for (const changed of [{ height: 2 }, { withinSeconds: 61 }, { id: '00'.repeat(32) }, { chain: '11'.repeat(32) }]) {
      assert.ok(!promiseHolds(nodeCrypto, { ...receipt, ...changed }))
    }
    await node.close()
  })

  it('[IN-5] is given only once the act is durable', async () => {
    const rig = new Rig()
    const node = await rig.open()
    rig.disk.conditions.delayMsMax = 100
    const answer = assert.rejects(node.accept(rig.mix(1)), /EDEAD/)
    rig.disk.losePower()
    await rig.pass(1_000)
    await answer
  })

  it('[IN-5] is given again for an act that is pending or has been executed', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    const [first, second] = await Promise.all([node.accept(bytes), node.accept(bytes)])
    const third = await node.accept(bytes)
    assert.deepEqual(
      [first, second, third].map((answer) => promised(answer).id),
      Array(3).fill(promised(first).id),
    )
    assert.equal((await allReceipts(node)).length, 1)
    await node.close()
  })

  it('[IN-5] names no height above the block of an act that has been executed', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const bytes = rig.mix(1)
    await node.submit(rig.mix(2))
    const { height } = receiptOf(await node.submit(bytes))
    for (let blocks = 0; blocks < 3; blocks++) await node.submit(rig.mix(3))
    assert.equal(promised(await node.accept(bytes)).height, height)
    assert.ok(node.status().height > height)
    await node.close()
  })

  it('[IN-5] names the height at which the act was taken in, however long the disk takes', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    const { height } = node.status()
    rig.disk.conditions.delayMsMax = 50
    const answer = node.accept(rig.mix(2))
    await rig.pass(5_000)
    rig.disk.conditions.delayMsMax = 0
    assert.equal(promised(await answer).height, height)
    assert.ok(node.status().height > height)
    await node.close()
  })

  it('[IN-5] is not given for what is not admitted', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const answer = await node.accept(rig.mix(1, alice, { expires: rig.clock.nowMs() }))
    assert.equal(answer.kind === 'inadmissible' && answer.refusal.name, 'expired')
    await node.close()
  })

  it('[IN-6] holds over the death of the node: after the restart the act comes into a block by itself', async () => {
    let kept = 0
    for (let seed = 1; seed <= 20; seed++) {
      const rig = new Rig({}, {}, seed)
      const node = await rig.open()
      rig.disk.conditions.delayMsMax = 50
      const answers = [1, 2, 3].map((amount) => node.accept(rig.mix(amount)).catch(() => undefined))
      // Long enough for the intake log, as a rule too short for the block as well.
      await rig.pass(90)
      rig.disk.losePower()
      await rig.pass(1_000)
      rig.disk.conditions.delayMsMax = 0
      const again = await rig.open()
      await rig.pass(1_000)
      for (const answer of await Promise.all(answers)) {
        if (answer === undefined) continue
        kept += 1
        assert.equal((await again.receipt(promised(answer).id))?.receipt.code, 0, `seed ${seed}`)
      }
      assert.ok((await allReceipts(again)).length <= 3)
      await again.close()
    }
    assert.ok(kept > 10, 'the promises were made')
  })

  it('[IN-6] ends with the expiry of the act', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    rig.disk.conditions.delayMsMax = 50
    const bytes = rig.mix(2, alice, { expires: rig.clock.nowMs() + 5_000 })
    void node.accept(bytes).catch(() => undefined)
    await rig.pass(90)
    rig.disk.losePower()
    await rig.pass(10_000)
    rig.disk.conditions.delayMsMax = 0
    const again = await rig.open()
    await rig.pass(1_000)
    assert.equal(again.status().pending, 0)
    assert.equal(receiptOf(await again.submit(rig.mix(3))).code, 0)
    await again.close()
  })

  it('[IN-6] waits where the ledger has lost the block that admits the act, and holds once that block is there again', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const newcomer = actorOf(alice.org, 'sm2')
    const { id, org: _, ...key } = keyRowOf(newcomer)
    const admitting = rig.act(alice, 'key.put', { id, key })
    assert.equal(receiptOf(await node.submit(admitting)).code, 0)
    const promise = promised(await node.accept(rig.mix(1, newcomer)))
    rig.disk.losePower()
    await emptyFolders(rig, 'node/journal', 'node/receipts')
    const again = await rig.open()
    await rig.pass(1_000)
    assert.deepEqual([again.status().height, again.status().pending], [0, 0])
    assert.equal(receiptOf(await again.submit(rig.mix(2, bob))).code, 0)
    await rig.pass(1_000)
    assert.equal(await again.receipt(promise.id), undefined)
    assert.equal(receiptOf(await again.submit(admitting)).code, 0)
    await rig.pass(1_000)
    assert.equal((await again.receipt(promise.id))?.receipt.code, 0)
    await again.close()
  })

  it('[IN-6] waits again where a block ends the key after the act has been admitted, and holds once it is admitted anew', async () => {
    // One act in a block, so that what ends the key comes between admitting it and the promised act.
    const rig = new Rig({ limits: { blockActsMax: 1 } })
    const node = await rig.open()
    const newcomer = actorOf(alice.org, 'sm2')
    const put = (untilMs?: number): Uint8Array => {
      const { id, org: _, ...key } = keyRowOf(newcomer, 0, untilMs)
      return rig.act(alice, 'key.put', { id, key })
    }
    const [admitting, ending, again] = [put(), put(rig.clock.nowMs()), put()]
    for (const act of [admitting, ending, again]) assert.equal(receiptOf(await node.submit(act)).code, 0)
    const promise = promised(await node.accept(rig.mix(1, newcomer)))
    rig.disk.losePower()
    await emptyFolders(rig, 'node/journal', 'node/receipts')
    const behind = await rig.open()
    await Promise.all([behind.submit(admitting), behind.submit(ending)])
    await rig.pass(1_000)
    assert.equal(await behind.receipt(promise.id), undefined)
    assert.equal(receiptOf(await behind.submit(again)).code, 0)
    await rig.pass(1_000)
    assert.equal((await behind.receipt(promise.id))?.receipt.code, 0)
    await behind.close()
  })

  it('[IN-6] offers all that wait again after a block that recorded something, though none after it does', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const first = { ...actorOf('FIRST'), org: alice.org }
    const last = { ...actorOf('LAST'), org: alice.org }
    const put = (by: Actor): Uint8Array => {
      const { id, org: _, ...key } = keyRowOf(by)
      return rig.act(alice, 'key.put', { id, key })
    }
    const [admittingFirst, admittingLast] = [put(first), put(last)]
    for (const act of [admittingFirst, admittingLast]) assert.equal(receiptOf(await node.submit(act)).code, 0)
    await Promise.all(Array.from({ length: 256 }, (_, at) => node.accept(rig.mix(at, first))))
    const promise = promised(await node.accept(rig.mix(1, last)))
    rig.disk.losePower()
    await emptyFolders(rig, 'node/journal', 'node/receipts')
    const behind = await rig.open()
    assert.equal(receiptOf(await behind.submit(admittingLast)).code, 0)
    await rig.pass(1_000)
    assert.equal((await behind.receipt(promise.id))?.receipt.code, 0)
    assert.equal((await allReceipts(behind)).length, 2)
    await behind.close()
  })

  it('[IN-6] waits over any number of restarts, until the act has expired by block time', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const newcomer = actorOf(alice.org, 'sm2')
    const { id, org: _, ...key } = keyRowOf(newcomer)
    const admitting = rig.act(alice, 'key.put', { id, key }, { expires: rig.clock.nowMs() + 600_000 })
    assert.equal(receiptOf(await node.submit(admitting)).code, 0)
    const promise = promised(await node.accept(rig.mix(1, newcomer)))
    rig.disk.losePower()
    await emptyFolders(rig, 'node/journal', 'node/receipts')
    for (let restarts = 0; restarts < 3; restarts++) {
      const behind = await rig.open()
      assert.equal(receiptOf(await behind.submit(rig.mix(2, bob))).code, 0)
      await behind.close()
    }
    await rig.pass(60_000)
    const late = await rig.open()
    assert.equal(receiptOf(await late.submit(rig.mix(3, bob))).code, 0)
    assert.equal(receiptOf(await late.submit(admitting)).code, 0)
    await rig.pass(1_000)
    assert.equal(await late.receipt(promise.id), undefined)
    assert.equal(late.status().pending, 0)
    await late.close()
  })
})

async function emptyFolders(rig: Rig, ...folders: readonly string[]): Promise<void> {
  const disk = rig.mount()
  for (const folder of folders) {
    for (const name of await disk.list(folder)) await disk.remove(`${folder}/${name}`)
  }
}
