import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type AbciApp,
  ResponseApplySnapshotChunk,
  ResponseCommit,
  ResponseExtendVote,
  ResponseInitChain,
  ResponseListSnapshots,
  ResponseLoadSnapshotChunk,
  ResponseOfferSnapshot,
  ResponsePrepareProposal,
  ResponseProcessProposal,
  ResponseVerifyVoteExtension,
} from '../../../../src/engine/comet/abci/index.ts'
import { WireFault } from '../../../../src/engine/comet/abci/frame.ts'
import { type Asked, Pending, Rig, appWith, checkTx, commit, framed, info } from './rig.ts'

describe('a broken app', () => {
  const cause = new Error('the books do not balance')
  const broken: Record<string, Partial<AbciApp>> = {
    'that throws': {
      commit: () => {
        throw cause
      },
    },
    'that rejects': { commit: () => Promise.reject(cause) },
    'whose answer cannot be encoded': { commit: () => ResponseCommit.create({ retainHeight: 2n ** 63n }) },
  }
  for (const [name, methods] of Object.entries(broken)) {
    it(`[ABCI-9] ${name} closes everything, once, and is asked no more`, async () => {
      await using rig = new Rig()
      await rig.serve(appWith(methods))
      const [consensus, query] = [await rig.client(), await rig.client()]
      await query.roundTrip()
      consensus.send(commit, commit, info)
      await Promise.all([consensus.closed, query.closed])
      assert.equal(rig.failures.length, 1)
      if (name !== 'whose answer cannot be encoded') assert.equal(rig.failures[0], cause)
      assert.deepEqual(consensus.answered, [])
      assert.ok(rig.calls.every(({ method }) => method === 'commit'))
      await rig.server?.close()
      assert.equal(existsSync(rig.path), false)
    })
  }

  it('[ABCI-9] is told of also while the server closes', async () => {
    await using rig = new Rig()
    let reject: (cause: Error) => void = () => assert.fail('not asked yet')
    const asked = new Pending<void>()
    await rig.serve(
      appWith({
        commit: () => {
          void asked.call()
          return new Promise((_, no) => (reject = no))
        },
      }),
    )
    const client = await rig.client()
    client.send(commit)
    await asked.made(1)
    const closed = rig.server?.close()
    await client.closed
    reject(cause)
    await closed
    assert.deepEqual(rig.failures, [cause])
  })

  it('[ABCI-9] is waited for by who closes the server', async () => {
    await using rig = new Rig()
    const commits = new Pending<ResponseCommit>()
    await rig.serve(appWith({ commit: commits.call }))
    const client = await rig.client()
    client.send(commit)
    await commits.made(1)
    let isClosed = false
    const closed = rig.server?.close().then(() => (isClosed = true))
    await client.closed
    assert.equal(isClosed, false)
    commits.answers[0]?.(ResponseCommit.create())
    await closed
  })
})

/** Calls that a mangled stream may ask for beside those that `appWith` answers. */
const emptyAnswers: Partial<AbciApp> = {
  initChain: () => ResponseInitChain.create(),
  prepareProposal: () => ResponsePrepareProposal.create(),
  processProposal: () => ResponseProcessProposal.create(),
  extendVote: () => ResponseExtendVote.create(),
  verifyVoteExtension: () => ResponseVerifyVoteExtension.create(),
  listSnapshots: () => ResponseListSnapshots.create(),
  offerSnapshot: () => ResponseOfferSnapshot.create(),
  loadSnapshotChunk: () => ResponseLoadSnapshotChunk.create(),
  applySnapshotChunk: () => ResponseApplySnapshotChunk.create(),
}

describe('a peer that does not speak ABCI', () => {
  const wrong: Record<string, Uint8Array> = {
    'an empty request': Uint8Array.of(0),
    'an unknown kind': Uint8Array.of(2, 0x52, 0),
    'a broken message': Uint8Array.of(3, 0x42, 9, 1),
    'a length without end': new Uint8Array(11).fill(0xff),
    'an app mempool': framed([{ $case: 'insertTx', value: { tx: Uint8Array.of(1) } } as Asked]),
  }
  for (const [name, bytes] of Object.entries(wrong)) {
    it(`[ABCI-9] with ${name} is dropped with a fault, and the next one is served`, async () => {
      await using rig = new Rig()
      await rig.serve(appWith({}))
      const client = await rig.client()
      client.socket.write(bytes)
      await client.closed
      assert.equal(rig.gone.length, 1)
      assert.ok(rig.gone[0] instanceof WireFault)
      const next = await rig.client()
      await next.roundTrip()
      assert.equal(rig.failures.length, 0)
    })
  }

  it('[ABCI-9] never brings the app down, whatever bytes it sends', async () => {
    await using rig = new Rig()
    await rig.serve(appWith(emptyAnswers), { frameBytesMax: 2 ** 16 })
    const whole = Array.from(framed([checkTx(new Uint8Array(20)), info, checkTx()]))
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      // A good stream with one byte changed reaches deeper than noise.
      fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, byte]) => Uint8Array.from(whole.with(at, byte))),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (stream) => {
        const client = await rig.client()
        client.socket.end(stream)
        await client.closed
        assert.deepEqual(rig.failures, [])
      }),
      { numRuns: 300 },
    )
  })
})

describe('the socket file', () => {
  it('[ABCI-10] is its owner’s only, and takes the place of a dead one', async () => {
    await using rig = new Rig()
    // A server that is killed leaves its file behind: here it is moved away before it closes, and back.
    const dead = createServer().listen(rig.path)
    await once(dead, 'listening')
    renameSync(rig.path, `${rig.path}.kept`)
    dead.close()
    await once(dead, 'close')
    renameSync(`${rig.path}.kept`, rig.path)
    await rig.serve(appWith({}))
    assert.equal(statSync(rig.path).mode & 0o777, 0o600)
    await (await rig.client()).roundTrip()
  })

  it('[ABCI-10] is left alone when somebody serves it, or when it is something else', async () => {
    await using rig = new Rig()
    await rig.serve(appWith({}))
    const client = await rig.client()
    await client.roundTrip()
    const server = rig.server
    await assert.rejects(rig.serve(appWith({})), /another process listens there/)
    await client.roundTrip()
    await server?.close()

    writeFileSync(rig.path, 'a file')
    await assert.rejects(rig.serve(appWith({})), /is no socket/)
  })

  it('[ABCI-10] is refused where the kernel would cut its path', async () => {
    await using rig = new Rig()
    Object.assign(rig, { path: `/tmp/${'x'.repeat(103)}` })
    await assert.rejects(rig.serve(appWith({})), /longer than 107 bytes/)
  })
})
