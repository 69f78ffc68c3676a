import assert from 'node:assert/strict'
import { type Socket, connect } from 'node:net'
import { describe, it } from 'node:test'
import { type ApiRig, exchange, withRig } from './rig.ts'

const HEAD = 'host: x\r\ncontent-type: application/json\r\n'
const BULK_HEAD = 'POST /v1/acts/bulk HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n'

/** A bare connection, and the first that comes back on it. */
function dial(rig: ApiRig, bytes: string): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(Number(new URL(rig.api.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(bytes)
  const answer = new Promise<string>((resolve) => {
    socket.once('data', (chunk) => resolve(chunk.toString()))
    socket.once('close', () => resolve(''))
  })
  return { socket, answer }
}

/** Sends single acts until one is answered so. */
async function until(rig: ApiRig, status: number, target = '/v1/acts', type = 'application/json'): Promise<void> {
  while ((await rig.post(target, 'x', type)).status !== status) await new Promise(setImmediate)
}

describe('bodies', () => {
  it('[API-17] take up room as far as they have arrived, not as far as they are announced', () =>
    withRig({ limits: { actRoomBytesMax: 100 } }, async (rig) => {
      const { socket } = dial(rig, `POST /v1/acts HTTP/1.1\r\n${HEAD}content-length: 60000\r\n\r\nx`)
      for (let i = 0; i < 5; i++) assert.equal((await rig.post('/v1/acts', 'x'.repeat(90))).status, 400)
      socket.write('x'.repeat(99))
      await until(rig, 429)
      assert.equal((await rig.post('/v1/acts', 'xx')).json.error.name, 'tooManyWaiting')
      socket.destroy()
      await until(rig, 400)
    }))

  it('[API-17] of bulk requests leave the room of single acts alone, however large they are said to be', () =>
    withRig({ limits: { bulkRoomBytesMax: 100 } }, async (rig) => {
      const { answer } = dial(rig, `${BULK_HEAD}transfer-encoding: chunked\r\n\r\n96\r\n${'x'.repeat(150)}\r\n`)
      assert.match(await answer, /^HTTP\/1.1 429 [\s\S]*connection: close[\s\S]*tooManyWaiting/)
      const slow = [1, 2, 3].map(() => dial(rig, `${BULK_HEAD}content-length: 16777216\r\n\r\nx`))
      const act = rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' })
      assert.equal((await rig.post('/v1/acts', act)).status, 200)
      for (const { socket } of slow) socket.destroy()
    }))

  it('[API-17] of bulk requests are few at once for one address, and counted until answered or broken off', () =>
    withRig({ limits: { bulksPerAddressMax: 2 } }, async (rig) => {
      const slow = [1, 2].map(() => dial(rig, `${BULK_HEAD}content-length: 1000\r\n\r\nx`))
      await until(rig, 429, '/v1/acts/bulk', 'application/x-ndjson')
      assert.equal((await rig.post('/v1/acts', 'x')).status, 400)
      for (const { socket } of slow) socket.destroy()
      await until(rig, 200, '/v1/acts/bulk', 'application/x-ndjson')
      for (let i = 0; i < 5; i++)
        assert.equal((await rig.post('/v1/acts/bulk', 'x', 'application/x-ndjson')).status, 200)
    }))

  it('[API-17] that do not end are few at once for one address', () =>
    withRig({ limits: { arrivingPerAddressMax: 3 } }, async (rig) => {
      const slow = [1, 2, 3].map(() => dial(rig, `POST /v1/acts HTTP/1.1\r\n${HEAD}content-length: 5\r\n\r\nx`))
      await until(rig, 429)
      slow[0]?.socket.write('xxxx')
      assert.match((await slow[0]?.answer) ?? '', /^HTTP\/1.1 400 [\s\S]*malformed/)
      assert.equal((await rig.post('/v1/acts', 'x')).status, 400)
      for (const { socket } of slow) socket.destroy()
    }))

  it('[API-17] connections of one address are so many at most, unless it is a proxy', async () => {
    const limits = { connectionsPerAddressMax: 2 }
    const idle = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'
    const answersOf = async (rig: ApiRig) => {
      const dialled = []
      for (let i = 0; i < 3; i++) {
        dialled.push(dial(rig, idle))
        await dialled.at(-1)?.answer
      }
      const answers = await Promise.all(dialled.map(({ answer }) => answer))
      for (const { socket } of dialled) socket.destroy()
      return answers.map((text) => text.slice(9, 12))
    }
    await withRig({ limits }, async (rig) => assert.deepEqual(await answersOf(rig), ['200', '200', '']))
    await withRig({ limits, proxies: ['127.0.0.1'] }, async (rig) =>
      assert.deepEqual(await answersOf(rig), ['200', '200', '200']),
    )
  })

  it('[API-17] behind a proxy, each client that it names is counted by itself', () =>
    withRig({ limits: { arrivingPerAddressMax: 1 }, proxies: ['127.0.0.1'] }, async (rig) => {
      const of = (address: string) => `POST /v1/acts HTTP/1.1\r\n${HEAD}x-forwarded-for: ${address}\r\n`
      const slow = dial(rig, `${of('192.0.2.1')}content-length: 5\r\n\r\nx`)
      const ask = (address: string) => dial(rig, `${of(address)}connection: close\r\ncontent-length: 1\r\n\r\nx`).answer
      while (!(await ask('192.0.2.1')).startsWith('HTTP/1.1 429 ')) await new Promise(setImmediate)
      assert.match(await ask('192.0.2.2'), /^HTTP\/1.1 400 /)
      slow.socket.destroy()
    }))
})
