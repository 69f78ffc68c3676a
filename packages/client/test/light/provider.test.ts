import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lightBlockToJson } from '@dujiang/chain'
import { type Fetch, NodeProvider, type Timing, Unreachable } from '../../src/index.ts'
import { honest } from './rig.ts'

const ANSWER_MS = 10_000
const block = JSON.stringify(lightBlockToJson(honest.at(3)))

/** A clock on which a wait of `ANSWER_MS` is over once nothing else happens, and a longer one never. */
function impatient(): { readonly timing: Timing; readonly waits: readonly number[] } {
  const waits: number[] = []
  const deadline = (ms: number): AbortSignal => {
    waits.push(ms)
    const end = new AbortController()
    if (ms <= ANSWER_MS) setImmediate(() => end.abort(new DOMException('over', 'TimeoutError')))
    return end.signal
  }
  return { timing: { nowMs: () => 0, sleep: async () => {}, deadline }, waits }
}

/** A node that accepts the connection and says nothing. */
const mute: Fetch = (_url, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
  })

/** A node that begins its answer and does not go on. */
const dribbling: Fetch = async (_url, init) => {
  const start = new TextEncoder().encode(block.slice(0, 100))
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(start)
      init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
    },
  })
  return new Response(stream)
}

describe('a node as a source of headers', () => {
  it('[LIGHT-9] has ten seconds for a header, and is asked once when it takes them all', async () => {
    for (const fetch of [mute, dribbling]) {
      let asked = 0
      const counting: Fetch = (...given) => {
        asked += 1
        return fetch(...given)
      }
      const { timing, waits } = impatient()
      const provider = new NodeProvider('https://a.example', { fetch: counting, timing })
      await assert.rejects(provider.lightBlock(3), (error) => {
        assert.ok(error instanceof Unreachable)
        assert.equal(error.message, 'https://a.example gave no answer in time')
        return true
      })
      assert.equal(asked, 1)
      assert.ok(waits.includes(ANSWER_MS))
    }
  })

  it('[LIGHT-9] has the ten seconds for the height asked for and the nearest kept below together', async () => {
    const error = { code: 9027, name: 'lightBlockUnknown', facts: { height: 9, below: 3 }, zh: '', en: '', retry: true }
    const answers: Fetch[] = [async () => new Response(JSON.stringify({ error }), { status: 404 }), mute]
    const { timing, waits } = impatient()
    const fetch: Fetch = (...given) => (answers.shift() as Fetch)(...given)
    await assert.rejects(new NodeProvider('https://a.example', { fetch, timing }).lightBlock(9), Unreachable)
    assert.equal(waits.filter((ms) => ms === ANSWER_MS).length, 1)
  })

  it('[LIGHT-9] is asked again within them when the connection fails', async () => {
    const answers: Fetch[] = [
      async () => Promise.reject(new TypeError('fetch failed')),
      async () => new Response(block),
    ]
    const fetch: Fetch = (...given) => (answers.shift() as Fetch)(...given)
    const timing: Timing = { nowMs: () => 0, sleep: async () => {} }
    const given = await new NodeProvider('https://a.example', { fetch, timing }).lightBlock(3)
    assert.deepEqual(given?.header, honest.at(3).header)
  })

  it('[LIGHT-9] is left alone once nobody waits any more', async () => {
    const timing: Timing = { nowMs: () => 0, sleep: async () => {}, deadline: () => new AbortController().signal }
    const end = new AbortController()
    const answer = new NodeProvider('https://a.example', { fetch: mute, timing }).lightBlock(3, end.signal)
    end.abort()
    await assert.rejects(answer, Unreachable)
  })
})
