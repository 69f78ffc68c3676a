import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { RequestQuery, ResponseCheckTx, ResponseQuery } from '../../../../src/engine/comet/abci/index.ts'
import { type Asked, Pending, Rig, appWith, checkTx } from './rig.ts'

const ok = ResponseCheckTx.create()

describe('requests that nobody has answered', () => {
  it('[ABCI-6] are bounded in number; further ones are read as answers leave', async () => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }), { unansweredMax: 10 })
    const [mempool, other] = [await rig.client(), await rig.client()]
    mempool.send(...Array.from({ length: 40 }, () => checkTx()))
    await checks.made(10)
    await other.roundTrip()
    assert.equal(checks.answers.length, 10)
    for (const answer of checks.answers.slice(1)) answer(ok)
    await other.roundTrip()
    assert.equal(checks.answers.length, 10, 'the first is still owed')
    checks.answers[0]?.(ok)
    await checks.made(20)
    await other.roundTrip()
    assert.equal(checks.answers.length, 20)
    for (let n = 10; n < 40; n++) {
      await checks.made(n + 1)
      checks.answers[n]?.(ok)
    }
    await mempool.answers(40)
  })

  it('[ABCI-6] are bounded in bytes; [ABCI-12] so is what is read ahead, and the rest stays in the socket', async () => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }), { unansweredBytesMax: 2 ** 20, aheadBytesMax: 2 ** 20 })
    const [mempool, other] = [await rig.client(), await rig.client()]
    const tx = new Uint8Array(300_000)
    for (let n = 0; n < 30; n++) mempool.send(checkTx(tx))
    await checks.made(4)
    await other.roundTrip()
    assert.equal(checks.answers.length, 4)
    assert.ok(mempool.socket.writableLength > 20 * tx.length)
    for (let n = 0; n < 30; n++) {
      await checks.made(n + 1)
      checks.answers[n]?.(ok)
    }
    await mempool.answers(30)
  })

  it('[ABCI-12] are read before their turn, so that who asks need not wait with a write', async () => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }), { unansweredMax: 1 })
    const mempool = await rig.client()
    for (let n = 0; n < 30; n++) mempool.send(checkTx(new Uint8Array(300_000)))
    await Promise.all([once(mempool.socket, 'drain'), checks.made(1)])
    assert.equal(checks.answers.length, 1)
    for (let n = 0; n < 30; n++) {
      await checks.made(n + 1)
      checks.answers[n]?.(ok)
    }
    await mempool.answers(30)
  })

  it('[ABCI-6] stay in the socket while it takes no more answers', async () => {
    await using rig = new Rig()
    let asked = 0
    const value = new Uint8Array(2 ** 20)
    const query = (): ResponseQuery => {
      asked += 1
      return ResponseQuery.create({ value })
    }
    await rig.serve(appWith({ query }))
    const [slow, other] = [await rig.client(), await rig.client()]
    slow.socket.pause()
    const request: Asked = { $case: 'query', value: RequestQuery.create() }
    for (let n = 0; n < 20; n++) {
      slow.send(request)
      await other.roundTrip()
    }
    assert.ok(asked < 5, `${asked} asked`)
    slow.socket.resume()
    await slow.answers(20)
    assert.equal(asked, 20)
  })
})
