import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { describe, it } from 'node:test'
import {
  ResponseCheckTx,
  ResponseCommit,
  ResponseFinalizeBlock,
  ResponseInfo,
  RequestQuery,
} from '../../../../src/engine/comet/abci/index.ts'
import { type Asked, Pending, Rig, appWith, checkTx, commit, echo, finalizeBlock, flush, info } from './rig.ts'

const code = (n: number): ResponseCheckTx => ResponseCheckTx.create({ code: n })
const query: Asked = { $case: 'query', value: RequestQuery.create() }

describe('answers', () => {
  it('[ABCI-3] come in the order of the requests, whichever is ready first', async () => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }))
    const client = await rig.client()
    client.send(checkTx(), echo('a'), checkTx(), flush, checkTx(), query, flush)
    await checks.made(3)
    for (const [n, answer] of [...checks.answers.entries()].reverse()) answer(code(n + 1))
    const answered = await client.answers(7)
    const expected = ['checkTx', 'echo', 'checkTx', 'flush', 'checkTx', 'query', 'flush']
    assert.deepEqual(
      answered.map(({ $case }) => $case),
      expected,
    )
    assert.deepEqual(
      answered.flatMap((answer) => (answer.$case === 'checkTx' ? [answer.value.code] : [])),
      [1, 2, 3],
    )
  })

  it('[ABCI-3] are not held up on one connection by another', async () => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }))
    const [mempool, queries] = [await rig.client(), await rig.client()]
    mempool.send(checkTx(), flush)
    await checks.made(1)
    queries.send(query, flush)
    await queries.answers(2)
    assert.equal(mempool.answered.length, 0)
    checks.answers[0]?.(code(0))
    await mempool.answers(2)
  })

  it('[ABCI-4] to what was read together leave in one write, and so do those that are settled together', async (t) => {
    await using rig = new Rig()
    const checks = new Pending<ResponseCheckTx>()
    await rig.serve(appWith({ checkTx: checks.call }))
    const client = await rig.client()
    client.send(...Array.from({ length: 50 }, () => checkTx()))
    await checks.made(50)
    const written = t.mock.method(Worker.prototype, 'postMessage')
    for (const answer of checks.answers) answer(code(0))
    await client.answers(50)
    assert.equal(written.mock.callCount(), 1)
    client.send(...Array.from({ length: 50 }, () => flush))
    await client.answers(100)
    assert.equal(written.mock.callCount(), 2)
  })

  it('[ABCI-5] come by any connection', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const client = await rig.client()
    const kinds = [info, query, checkTx(), finalizeBlock(1), commit]
    client.send(...kinds)
    const answered = await client.answers(kinds.length)
    assert.deepEqual(
      answered.map(({ $case }) => $case),
      kinds.map(({ $case }) => $case),
    )
  })

  it('[ABCI-7] to calls that make a block wait for one another, over all connections', async () => {
    await using rig = new Rig()
    const blocks = new Pending<ResponseFinalizeBlock>()
    const commits = new Pending<ResponseCommit>()
    let infos = 0
    const countInfo = (): ResponseInfo => {
      infos += 1
      return ResponseInfo.create()
    }
    await rig.serve(appWith({ finalizeBlock: blocks.call, commit: commits.call, info: countInfo }))
    const [consensus, other] = [await rig.client(), await rig.client()]
    consensus.send(finalizeBlock(1), commit)
    await blocks.made(1)
    other.send(query, checkTx(), info)
    await other.answers(2)
    assert.deepEqual([commits.answers.length, infos], [0, 0])
    blocks.answers[0]?.(ResponseFinalizeBlock.create())
    await commits.made(1)
    assert.equal(infos, 0)
    commits.answers[0]?.(ResponseCommit.create({ retainHeight: 4n }))
    assert.equal((await other.answers(3))[2]?.$case, 'info')
    assert.deepEqual((await consensus.answers(2))[1], { $case: 'commit', value: { retainHeight: 4n } })
  })

  it('[ABCI-11] are logged as they are asked for, with height and peer', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const client = await rig.client()
    client.send(info, echo('not the app'), finalizeBlock(7), commit, flush)
    await client.answers(5)
    assert.deepEqual(rig.calls, [
      { process: 1, method: 'info', height: undefined },
      { process: 1, method: 'finalizeBlock', height: 7 },
      { process: 1, method: 'commit', height: undefined },
    ])
  })
})
