import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type ApiRig, buyer, dispatcher, exchange, seller, withRig } from '../rig.ts'
import { Judge } from './judge.ts'

const pageOf = async (rig: ApiRig): Promise<any> => (await rig.get('/openapi.json')).json

it('[API-16] describes every route, parameter and act, and every reference leads somewhere', () =>
  withRig({}, async (rig) => {
    const json = await pageOf(rig)
    assert.equal(json.openapi, '3.1.0')
    for (const path of [
      '/v1/acts',
      '/v1/acts/bulk',
      '/v1/stream',
      '/v1/receipts/{id}/proof',
      '/openapi.json',
      '/health',
    ]) {
      assert.ok(json.paths[path], path)
    }
    for (const [path, methods] of Object.entries<any>(json.paths)) {
      for (const operation of Object.values<any>(methods)) {
        const named = operation.parameters
          .filter((each: any) => each.in === 'path')
          .map((each: any) => `{${each.name}}`)
        assert.deepEqual(named, path.match(/\{\w+\}/g) ?? [])
        for (const [status, response] of Object.entries<any>(operation.responses)) {
          assert.ok(response.content, `${path} ${status} says nothing of its form`)
        }
      }
    }
    for (const { name, version } of rig.market.app.acts) {
      const schema = json.components.schemas[`${name}.v${version}`]
      assert.equal(schema.type, 'object', name)
      assert.match(schema['x-title-zh'], /[\u4e00-\u9fff]/)
    }
    for (const [, reference] of JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      assert.ok(json.components.schemas[reference as string], reference)
    }
  }))

it('[API-16] is OpenAPI 3.1 by the standard’s own schema, and every schema in it is JSON Schema 2020-12', () =>
  withRig({}, async (rig) => {
    const json = await pageOf(rig)
    const judge = new Judge(json)
    assert.equal(judge.standardFaults(), undefined)
    // Compiling one refuses what 2020-12 does not know.
    for (const name of Object.keys(json.components.schemas)) judge.faults(name, {})
    const names = Object.values<any>(json.paths).flatMap((methods) =>
      Object.values<any>(methods).map(({ operationId }) => operationId),
    )
    assert.equal(new Set(names).size, names.length)
  }))

it('[API-25] says in Chinese whatever it says in English', () =>
  withRig({}, async (rig) => {
    const missing = new Set<string>()
    const look = (value: any): void => {
      if (Array.isArray(value)) return value.forEach(look)
      if (typeof value !== 'object' || value === null) return
      const { description, 'x-description-zh': chinese } = value
      if (typeof description === 'string' && description !== '' && chinese === undefined) missing.add(description)
      for (const [name, inner] of Object.entries(value)) if (name !== 'examples') look(inner)
    }
    look(await pageOf(rig))
    assert.deepEqual([...missing], [], 'put it into src/api/openapi/chinese.ts')
  }))

it('[API-16] gives an example of every act that the act itself admits, and names every refusal', () =>
  withRig({}, async (rig) => {
    const json = await pageOf(rig)
    const judge = new Judge(json)
    for (const act of rig.market.app.acts) {
      const name = `${act.name}.v${act.version}`
      const [example] = json.components.schemas[name].examples
      assert.equal(act.schema.explain(example), undefined, name)
      assert.equal(judge.faults(name, example), undefined, name)
    }
    const { example } = json.paths['/v1/acts'].post.requestBody.content['application/json']
    assert.equal(judge.faults('SignedAct', example), undefined)
    const names = new Set(json['x-refusals'].map(({ name }: any) => name))
    for (const family of rig.market.app.families) {
      for (const name of Object.keys(family.refusals.sentences)) assert.ok(names.has(name), name)
    }
    assert.ok(names.has('sequenceNotHigher') && names.has('roleNeeded'))
  }))

it('[API-16] says of what a node answers neither too much nor too little', () =>
  withRig({}, async (rig) => {
    const judge = new Judge(await pageOf(rig))
    const held = (pattern: string, status: number, value: unknown, method = 'get'): void => {
      const form = judge.formOf(pattern, method, status)
      assert.equal(judge.faults(form, value), undefined, `${method} ${pattern} ${status}: ${JSON.stringify(value)}`)
    }
    const look = async (pattern: string, target = pattern): Promise<any> => {
      const { status, json } = await rig.signed(exchange, target)
      held(pattern, status, json)
      return json
    }
    const gateMs = await rig.openSession()
    await rig.node.submit(rig.order(seller))
    await look('/v1/receipts', '/v1/receipts?limit=1000')
    await look('/v1/state-proofs/{family}/{table}/{key}', '/v1/state-proofs/auction/session/S1')
    await rig.pass(gateMs - rig.clock.nowMs())
    const late = rig.order(buyer)
    const sent = await rig.post('/v1/acts', late)
    held('/v1/acts', sent.status, sent.json, 'post')
    const { id } = sent.json
    await look('/v1/receipts/{id}', `/v1/receipts/${id}`)
    for (let i = 0; i < 50; i++) await rig.pass(1)
    const proven = await rig.post('/v1/acts?wait=provable', late)
    assert.ok(proven.json.proof)
    held('/v1/acts', 200, proven.json, 'post')
    const taken = await rig.post(
      '/v1/acts?wait=accepted',
      rig.market.act(exchange, 'auction.sequence.open', opening('A')),
    )
    held('/v1/acts', taken.status, taken.json, 'post')
    const rows = [late, rig.market.act(exchange, 'auction.sequence.open', opening('B'))].map((each) =>
      Buffer.from(each),
    )
    const bulk = await rig.post('/v1/acts/bulk', `${rows.join('\n')}\nrubbish\n`, 'application/x-ndjson')
    for (const line of bulk.text.trim().split('\n')) held('/v1/acts/bulk', 200, JSON.parse(line), 'post')
    for (const each of [late, rig.market.act(exchange, 'auction.sequence.open', opening('D'))]) {
      const { status, json } = await rig.post('/v1/acts/dry-run', each)
      held('/v1/acts/dry-run', status, json, 'post')
    }
    const declined = await rig.post('/v1/acts', rig.market.act(dispatcher, 'auction.sequence.open', opening('C')))
    assert.equal(declined.status, 403)
    held('/v1/acts', 403, declined.json, 'post')
    await look('/v1/receipts/{id}/proof', `/v1/receipts/${id}/proof`)
    const { height } = await look('/v1/status')
    await look('/v1/blocks', '/v1/blocks?limit=100')
    for (let at = 1; at <= height; at++) await look('/v1/blocks/{height}', `/v1/blocks/${at}`)
    await look('/v1/light/{height}', '/v1/light/latest')
    await look('/v1/state/{family}/{table}', '/v1/state/auction/session')
    await look('/v1/state/{family}/{table}/{key}', '/v1/state/auction/session/S1')
    await look('/v1/state/{family}/{table}/{key}', '/v1/state/auction/session/none')
    await look('/v1/state-proofs/{family}/{table}/{key}', '/v1/state-proofs/auction/session/S1')
    await look('/v1/seen/{minute}', `/v1/seen/${Math.floor(rig.clock.nowMs() / 60_000)}`)
    for (const path of ['/v1/genesis', '/v1/acts', '/health', '/v1/checkpoint']) await look(path)
  }))

const opening = (sequence: string) => ({ sequence, name: sequence })
