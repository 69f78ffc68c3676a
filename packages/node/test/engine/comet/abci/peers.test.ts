import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ResponseCommit, ResponseInfo } from '../../../../src/engine/comet/abci/index.ts'
import { type Client, Pending, Rig, appWith, commit, flush, info } from './rig.ts'

async function four(rig: Rig): Promise<Client[]> {
  return [await rig.client(), await rig.client(), await rig.client(), await rig.client()]
}

describe('a CometBFT process', () => {
  it('[ABCI-8] loses all its connections with one of them, and another takes its place', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const first = await four(rig)
    for (const client of first) client.send(info)
    for (const client of first) await client.answers(1)
    first[2]?.socket.destroy()
    await Promise.all(first.map(({ closed }) => closed))
    assert.deepEqual(rig.gone, [undefined])

    const second = await four(rig)
    for (const client of second) client.send(info, flush)
    for (const client of second) await client.answers(2)
    assert.deepEqual(
      rig.calls.map((call) => call.process),
      [1, 1, 1, 1, 2, 2, 2, 2],
    )
  })

  it('[ABCI-8] is taken for dead once another one speaks', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const first = await four(rig)
    await first[0]?.roundTrip()
    const second = await rig.client()
    await first[0]?.roundTrip()
    assert.equal(rig.gone.length, 0)
    await second.roundTrip()
    await Promise.all(first.map(({ closed }) => closed))
    assert.deepEqual(rig.gone, [undefined])
    await second.roundTrip()
  })

  it('[ABCI-8] is told of when it first speaks, and not again for any later call', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const first = await four(rig)
    assert.equal(rig.came, 0)
    for (const client of first) {
      client.send(info, info)
      await client.answers(2)
      assert.equal(rig.came, 1)
    }
    const second = await rig.client()
    await second.roundTrip()
    assert.equal(rig.came, 2)
  })

  it('[ABCI-8] is not disturbed by who only looks whether we live', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const clients = await four(rig)
    await clients[0]?.roundTrip()
    for (let n = 0; n < 5; n++) (await rig.client()).socket.destroy()
    for (const client of clients) await client.roundTrip()
    assert.equal(rig.gone.length, 0)
    const after = await rig.client()
    after.send(info)
    await after.answers(1)
    assert.equal(rig.gone.length, 1)
  })

  it('[ABCI-7] that comes during the commit of the last one learns of it; [ABCI-8] calls of the last one are dropped', async () => {
    await using rig = new Rig()
    let height = 4n
    const commits = new Pending<ResponseCommit>()
    await rig.serve(
      appWith({
        commit: () => commits.call().then((answer) => ((height += 1n), answer)),
        info: () => ResponseInfo.create({ lastBlockHeight: height }),
      }),
    )
    const first = await rig.client()
    first.send(commit, info, commit)
    await commits.made(1)
    first.socket.destroy()
    await first.closed
    while (rig.gone.length === 0) await new Promise(setImmediate)

    const second = await rig.client()
    const other = await rig.client()
    second.send(info)
    await other.roundTrip()
    assert.equal(second.answered.length, 0)
    commits.answers[0]?.({ retainHeight: 0n })
    const [answer] = await second.answers(1)
    assert.equal(answer?.$case === 'info' && answer.value.lastBlockHeight, 5n)
    assert.deepEqual(
      rig.calls.map(({ process, method }) => `${process} ${method}`),
      ['1 commit', '2 info'],
    )
  })
})
