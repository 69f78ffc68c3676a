import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { headersOf } from '../../src/service/snapshot-headers.ts'
import { drivenRig } from '../engine/comet/decided-rig.ts'

describe('headers for snapshots', () => {
  it('[SNF-2] are given once the engine has the next block, and asked for again with the next header', async () => {
    const { rig, node, chain } = await drivenRig()
    let isDown = true
    const asked: number[] = []
    const source = {
      commit: (height: number) => {
        asked.push(height)
        return isDown ? Promise.reject(new Error('down')) : chain.commit(height)
      },
      validators: () => chain.validators(),
      evidence: () => chain.evidence(),
    }
    const block = async (): Promise<void> => {
      await rig.pass(1_000)
      await node.take(chain.next([], rig.clock.nowMs()))
      const { header, commit } = chain.sealed.at(-1)!
      assert.equal(node.ledger.crown(header, commit), undefined)
      node.keeper.headMoved()
      await rig.pass(0)
    }
    let given: object | undefined
    const giving = headersOf(node.keeper, source)(1).then((headers) => (given = headers))
    await block()
    assert.deepEqual(asked, [])
    await block()
    assert.deepEqual(asked, [1, 2])
    assert.equal(given, undefined)
    isDown = false
    await block()
    const [own, above] = chain.sealed.map(({ header }) => header)
    assert.deepEqual(await giving, { own, above })
  })
})
