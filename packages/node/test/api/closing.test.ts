import assert from 'node:assert/strict'
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
