import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { BlockActs } from '../../src/api/block-acts.ts'
import type { Context } from '../../src/api/context.ts'
import { defaultLimits } from '../../src/api/limits.ts'
import { ReceiptTexts } from '../../src/api/receipt-texts.ts'
import { ReceiptStream } from '../../src/api/receipt-stream.ts'
import { Subjects } from '../../src/api/subjects.ts'
import type { Viewer } from '../../src/api/viewer.ts'
import { Visibility } from '../../src/api/visibility.ts'
import type { Wish } from '../../src/api/wish.ts'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import type { Doors } from '../../src/api/index.ts'
import { keyOf, personOf } from '@dujiang/testing/market-fixture'
import { type ApiRig, buyer, exchange, seller, withRig } from './rig.ts'

const open = (rig: ApiRig, name: string) => rig.must(exchange, 'auction.sequence.open', { sequence: name, name })
const turn = (): Promise<void> => new Promise(setImmediate)

/** A stream into a list, whose reader is as slow as the test wants. */
function streamInto(rig: ApiRig, after: number, wish: Wish = {}, viewer: Viewer = {}) {
  const doors = doorsOf(rig.market.app)
  const acts = new BlockActs(rig.node, nodeCrypto.sha256)
  const visibility = new Visibility(doors, () => rig.node.view(), acts)
  const subjects = new Subjects(acts)
  const { node, clock } = rig
  const texts = new ReceiptTexts(doors)
  const shared = { node, doors, crypto: nodeCrypto, clock, visibility, texts, subjects }
  const context: Context = { ...shared, limits: defaultLimits }
  const reader = { written: [] as string[], takesIn: true, goodbye: undefined as string | undefined, ended: false }
  const sink = {
    write(text: string) {
      reader.written.push(text)
      return reader.takesIn
    },
    end(text: string) {
      reader.goodbye = text
    },
  }
  const stream = new ReceiptStream(context, { viewer, after, wish }, sink, () => (reader.ended = true))
  const ids = () => [...reader.written.join('').matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  return { stream, reader, ids }
}

describe('streams', () => {
  it('[API-13] sends what there is, then what comes, each once', () =>
    withRig({}, async (rig) => {
      for (const name of ['A', 'B', 'C']) await open(rig, name)
      const { ids, stream } = streamInto(rig, 0)
      await turn()
      assert.deepEqual(ids(), [1, 2])
      for (const name of ['D', 'E']) await open(rig, name)
      await turn()
      assert.deepEqual(ids(), [1, 2, 3, 4])
      stream.end()
      await open(rig, 'F')
      await turn()
      assert.deepEqual(ids(), [1, 2, 3, 4])
    }))

  it('[API-13] sends many receipts whole', () =>
    withRig({}, async (rig) => {
      const acts = Array.from({ length: 350 }, (_, i) =>
        rig.market.act(exchange, 'auction.sequence.open', { sequence: `Q${i}`, name: 'n' }),
      )
      const { ids, stream } = streamInto(rig, -1)
      await rig.node.submitMany(acts)
      while (ids().length < 350) await turn()
      assert.deepEqual(
        ids(),
        Array.from({ length: 350 }, (_, i) => i),
      )
      stream.end()
    }))

  it('[API-27] sends what is wished for alone, and moves on where one resumes', () =>
    withRig({}, async (rig) => {
      await rig.openSession()
      const from = rig.node.status().receipts
      await rig.node.submit(rig.order(seller))
      // Declined, so without events.
      const units = [{ unit: 'NONE', limitWh: [1] }]
      await rig.node.submit(rig.market.act(exchange, 'auction.session.invite', { session: 'S1', units }))
      await open(rig, 'A')
      assert.equal(rig.node.status().receipts, from + 3)
      const cases: readonly (readonly [Wish, Viewer, readonly number[]])[] = [
        [{ org: 'SCPX' }, {}, [from + 1, from + 2]],
        [{ act: 'auction.sequence.open' }, {}, [from + 2]],
        [{ session: 'S1' }, {}, [from + 1]],
        [{ session: 'S1' }, { org: seller.org }, [from, from + 1]],
        [{ session: 'S1' }, { org: buyer.org }, [from + 1]],
        [{ session: 'S1', org: 'SCPX' }, { org: seller.org }, [from + 1]],
        [{ session: 'S2' }, { org: seller.org }, []],
        [{ org: seller.org }, {}, []],
      ]
      for (const [wish, viewer, indices] of cases) {
        const { reader, stream } = streamInto(rig, from - 1, wish, viewer)
        while (!reader.written.join('').includes(`id: ${from + 2}\n`)) await turn()
        const sent = [...reader.written.join('').matchAll(/^id: (\d+)\nevent: receipt$/gm)].map(([, id]) => Number(id))
        assert.deepEqual(sent, indices, JSON.stringify(wish))
        stream.end()
      }
    }))

  it('[API-14] stops while its reader does not take in, and goes on where it stopped', () =>
    withRig({}, async (rig) => {
      const { ids, reader, stream } = streamInto(rig, -1)
      await turn()
      reader.takesIn = false
      for (const name of ['A', 'B', 'C']) await open(rig, name)
      await turn()
      const sent = ids().length
      assert.ok(sent < 3)
      reader.takesIn = true
      stream.drained()
      await turn()
      assert.deepEqual(ids(), [0, 1, 2])
      stream.end()
    }))

  it('[API-14] ends a reader that takes in nothing for thirty seconds, and says so', () =>
    withRig({}, async (rig) => {
      const { reader } = streamInto(rig, -1)
      await turn()
      reader.takesIn = false
      await open(rig, 'A')
      await turn()
      await rig.pass(29_999)
      assert.equal(reader.ended, false)
      await rig.pass(1)
      assert.equal(reader.ended, true)
      assert.equal(reader.goodbye, 'event: end\ndata: {"reason":"slowReader"}\n\n')
    }))

  it('[API-14] shows signs of life when nothing else happens', () =>
    withRig({}, async (rig) => {
      const { reader, stream } = streamInto(rig, -1)
      await rig.pass(15_000)
      await rig.pass(15_000)
      assert.equal(reader.written.filter((text) => text === ': still here\n\n').length, 2)
      stream.end()
    }))

  it('[API-35] ends with the key that signed it, once that is revoked or has run out', () =>
    withRig({}, async (rig) => {
      const end = 'event: end\ndata: {"reason":"keyNotLive"}\n\n'
      await rig.openSession()
      const { org, key } = seller
      const second = personOf(org, 'b')
      const untilMs = rig.clock.nowMs() + 20_000
      await rig.must(seller, 'members.key.add', { org, key: { ...keyOf(second), untilMs } })
      const from = rig.node.status().receipts
      const revoked = streamInto(rig, from - 1, {}, { org, key })
      const runsOut = streamInto(rig, from - 1, {}, { org, key: second.key })
      const stays = streamInto(rig, from - 1, {}, { org: exchange.org, key: exchange.key })
      await rig.node.submit(rig.order(seller))
      for (const { ids } of [revoked, runsOut]) while (!ids().includes(from)) await turn()
      await rig.pass(1_000)
      await rig.must(second, 'members.key.revoke', { org, key })
      while (!revoked.reader.ended) await turn()
      assert.equal(revoked.reader.goodbye, end)
      assert.deepEqual(revoked.ids(), [from])
      assert.equal(runsOut.reader.ended, false)
      // Nothing is committed any more: it ends with the next sign of life.
      await rig.pass(30_000)
      assert.deepEqual([runsOut.reader.ended, runsOut.reader.goodbye], [true, end])
      assert.equal(stays.reader.ended, false)
      stays.stream.end()
    }))

  it('[API-13] goes on after Last-Event-ID, which comes before after=', () =>
    withRig({}, async (rig) => {
      for (const name of ['A', 'B', 'C']) await open(rig, name)
      const stop = new AbortController()
      const headers = { 'last-event-id': '1' }
      const response = await fetch(`${rig.api.url}/v1/stream?after=-1`, { headers, signal: stop.signal })
      assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
      let text = ''
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString()
        if (text.includes('id: 2')) break
      }
      assert.doesNotMatch(text, /id: [01]/)
      assert.equal((await rig.get('/v1/stream', { 'last-event-id': 'x' })).status, 400)
    }))

  it('[API-18] of many readers cost the judging and writing of one', () => {
    let written = 0
    let judged = 0
    const own = doorsOf(dujiangMarket())
    const doors: Doors = {
      ...own,
      sentence: (name) => {
        written += 1
        return own.sentence(name)
      },
      actReaders: (...args) => {
        judged += 1
        return own.actReaders(...args)
      },
    }
    return withRig({ doors }, async (rig) => {
      const gateMs = await rig.openSession()
      await rig.node.submit(rig.order(seller))
      await rig.pass(gateMs - rig.clock.nowMs())
      await rig.node.submit(rig.order(buyer))
      written = 0
      judged = 0
      const { receipts } = rig.node.status()
      const stops = Array.from({ length: 10 }, () => new AbortController())
      for (const { signal } of stops) {
        const { body } = await fetch(`${rig.api.url}/v1/stream?after=-1`, { signal })
        let text = ''
        for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
          text += Buffer.from(chunk).toString()
          if (text.includes(`id: ${receipts - 1}\n`)) break
        }
      }
      // One late order is refused, and both were restricted.
      assert.deepEqual([written, judged], [1, 2])
      assert.equal((await rig.get('/v1/receipts')).status, 200)
      assert.deepEqual([written, judged], [1, 2])
      for (const stop of stops) stop.abort()
    })
  })

  it('[API-18] keeps places for those who sign, and gives one address its share', () =>
    withRig({ limits: { streamsMax: 3, streamsSignedMin: 2, streamsPerAddressMax: 2 } }, async (rig) => {
      const stop = new AbortController()
      const listen = (authorization?: string) =>
        fetch(`${rig.api.url}/v1/stream`, {
          signal: stop.signal,
          ...(authorization === undefined ? {} : { headers: { authorization } }),
        })
      const signed = () => listen(rig.authorization(exchange, '/v1/stream'))
      assert.equal((await listen()).status, 200)
      const anonymous = await listen()
      assert.deepEqual([anonymous.status, ((await anonymous.json()) as any).error.facts.streamsMax], [429, 1])
      assert.equal((await signed()).status, 200)
      const third = await signed()
      assert.deepEqual([third.status, ((await third.json()) as any).error.facts.streamsMax], [429, 2])
      stop.abort()
    }))

  it('[API-14] gives a place back when its reader goes away', () =>
    withRig({ limits: { streamsMax: 1, streamsSignedMin: 0 } }, async (rig) => {
      const { port } = new URL(rig.api.url)
      const socket = connect(Number(port), '127.0.0.1')
      socket.write('GET /v1/stream?after=-1 HTTP/1.1\r\nhost: x\r\n\r\n')
      await new Promise((resolve) => socket.once('data', resolve))
      assert.equal((await rig.get('/v1/stream')).status, 429)
      socket.destroy()
      const stop = new AbortController()
      for (;;) {
        const response = await fetch(`${rig.api.url}/v1/stream`, { signal: stop.signal })
        if (response.status === 200) break
        await response.text()
      }
      stop.abort()
    }))
})
