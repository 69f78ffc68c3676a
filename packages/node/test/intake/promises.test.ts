import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type IntakeReceipt, type NotTaken, promiseHolds } from '../../src/service/index.ts'
import { Rig, alice, allReceipts, receiptOf } from '../engine/rig.ts'

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
})
