import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { it } from 'node:test'
import { fastify } from 'fastify'
import { refuseWhenClosing } from '../../src/api/troubles.ts'
import type { Outcome } from '../../src/service/index.ts'
import { doorsOf } from '@dujiang/market'
import { ApiRig, exchange, withAnswers } from './rig.ts'

it('[API-15] finishes what waits, ends the streams with a word, and takes in nothing more', async () => {
  const arrived = Promise.withResolvers<void>()
  const outcome = Promise.withResolvers<Outcome>()
  const submit = (): Promise<Outcome> => {
    arrived.resolve()
    return outcome.promise
  }
  const rig = await ApiRig.open({ over: withAnswers({ submit }) })
  const asked = rig.post('/v1/acts', rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' }))
  const stream = await fetch(`${rig.api.url}/v1/stream`)
  await arrived.promise

  const closed = rig.api.close()
  assert.match(await stream.text(), /event: end\ndata: {"reason":"closing"}\n\n$/)
  await assert.rejects(fetch(`${rig.api.url}/v1/status`))
  outcome.resolve({ kind: 'busy', reason: 'queueFull', retryAfterSeconds: 1 })
  assert.equal((await asked).json.error.name, 'queueFull')
  await closed
  await rig.node.close()
})

it('[API-15] waits for no connection on which nothing is owed, and not for long for a request that does not arrive', async () => {
  const rig = await ApiRig.open()
  const { port } = new URL(rig.api.url)
  const [unused, slow] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')]
  await Promise.all([once(unused, 'connect'), once(slow, 'connect')])
  slow.write('POST /v1/acts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n1')
  // One that is answered comes after both at the server.
  assert.equal((await rig.get('/v1/status')).status, 200)
  const ended = [unused, slow].map((socket) => once(socket.resume(), 'close'))
  const closed = rig.api.close()
  await ended[0]
  await rig.pass(5_000)
  await closed
  await ended[1]
  await rig.node.close()
})

it('[API-15] sends elsewhere what still comes over an open connection', async () => {
  const app = fastify()
  const closing = refuseWhenClosing(app, doorsOf(new ApiRig().market.app))
  app.get('/', () => 'served')
  assert.equal((await app.inject('/')).body, 'served')
  closing.begin()
  const answer = await app.inject('/')
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.json().error.name, 'stopping')
  assert.equal(answer.headers['retry-after'], '5')
  assert.equal(answer.headers.connection, 'close')
  await app.close()
})
