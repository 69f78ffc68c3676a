import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Rig, receiptOf } from '../engine/rig.ts'

it('[SVC-6] answers everybody when it stops, and can be read until it is closed', async () => {
  const rig = new Rig()
  const node = await rig.open()
  const waiting = node.submit(rig.mix(1))
  await node.stop()
  const { id } = receiptOf(await waiting)
  assert.deepEqual(await node.submit(rig.mix(2)), { kind: 'busy', reason: 'stopping', retryAfterSeconds: 5 })
  assert.equal((await node.receipt(id))?.receipt.id, id)
  assert.equal((await node.block(1))?.header.height, 1)
  await node.close()
})
