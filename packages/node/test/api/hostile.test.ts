import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { NamedNode } from '../../src/api/routes/nodes.ts'
import { type ApiRig, exchange, withRig } from './rig.ts'

/** Sends bytes on a bare socket and gives what comes back until the other side closes. */
function raw(rig: ApiRig, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(new URL(rig.api.url).port), '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
  })
}

const RUNS = process.env['DUJIANG_LONG'] === '1' ? 5_000 : 150

describe('hostile input', () => {
  it('[API-11] answers any body with a named problem and goes on', () =>
    withRig({}, async (rig) => {
      const good = rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' })
      const mutated = fc
        .tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }))
        .map(([at, change]) => good.map((byte, i) => (i === at ? byte ^ change : byte)))
      await fc.assert(
        fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), async (body) => {
          const { status, json } = await rig.post('/v1/acts', body)
          assert.ok(status >= 400 && status < 500, String(status))
          assert.notEqual(json.error.name, 'internal')
        }),
        { numRuns: RUNS },
      )
      assert.equal((await rig.post('/v1/acts', good)).status, 200)
    }))

  it('[API-11] answers any path and query with a named problem or a page', () =>
    withRig({}, async (rig) => {
      const paths = ['/v1/receipts', '/v1/blocks', '/v1/state/auction/sequence', '/v1/stream', '/v1/acts', '/v1/state/']
      const path = fc.tuple(fc.constantFrom(...paths), fc.webQueryParameters(), fc.webPath({ size: 'small' }))
      await fc.assert(
        fc.asyncProperty(path, async ([start, query, rest]) => {
          const answer = await raw(
            rig,
            `GET ${start}${rest}?x=1&${query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
          )
          assert.match(answer, /^HTTP\/1.1 4\d\d /)
          assert.match(answer, /"error":\{"code":\d+,"name":"/)
          assert.doesNotMatch(answer, /"internal"|node_modules/)
        }),
        { numRuns: RUNS },
      )
    }))

  it('[API-11] answers what is not HTTP, and too large a header, in the same form', () =>
    withRig({}, async (rig) => {
      assert.match(await raw(rig, 'hello\r\n\r\n'), /^HTTP\/1.1 400 [\s\S]*"name":"badRequest"/)
      const header = `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(9_000)}\r\n\r\n`
      assert.match(await raw(rig, header), /^HTTP\/1.1 431 Request Header Fields Too Large\r\n[\s\S]*"headersTooLarge"/)
      assert.equal((await rig.get('/health')).status, 200)
    }))

  it('[API-2] says which methods a path takes to whoever tries another', () =>
    withRig({}, async (rig) => {
      for (const [path, allowed] of [
        ['/v1/acts', 'GET, POST'],
        ['/v1/acts/bulk', 'POST'],
        ['/v1/receipts/x/proof', 'GET'],
        ['/v1/state/auction/session/a/b', 'GET'],
        ['/v1/stream', 'GET'],
        ['/openapi.json', 'GET'],
      ]) {
        const answer = await fetch(rig.api.url + path, { method: 'DELETE' })
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, allowed], path)
      }
      const head = await fetch(`${rig.api.url}/v1/acts`, { method: 'HEAD' })
      assert.deepEqual([head.status, head.headers.get('allow')], [405, 'GET, POST'])
      assert.equal((await fetch(`${rig.api.url}/openapi-json`, { method: 'DELETE' })).status, 404)
    }))

  it('[API-11] answers a request that does not arrive in time, and it may be tried again', () =>
    withRig({ limits: { requestTimeoutMs: 1 } }, async (rig) => {
      const socket = connect(Number(new URL(rig.api.url).port), '127.0.0.1')
      socket.write('POST /v1/acts HTTP/1.1\r\nhost: x\r\n')
      const answer = await new Promise((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())))
      assert.match(answer as string, /^HTTP\/1.1 408 Request Timeout\r\n[\s\S]*"requestTooSlow"[\s\S]*"retry":true/)
    }))

  it('does not read further than the limit of a body, whatever its length is said to be', () =>
    withRig({}, async (rig) => {
      const head = 'POST /v1/acts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
      assert.match(await raw(rig, `${head}content-length: 70000\r\n\r\n`), /^HTTP\/1.1 413 [\s\S]*bodyTooLarge/)
      const chunk = `1000\r\n${'x'.repeat(4_096)}\r\n`
      const chunked = `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`
      assert.match(await raw(rig, chunked), /^HTTP\/1.1 413 [\s\S]*bodyTooLarge/)
    }))

  it('lets no page of another origin in, unless it is named', async () => {
    const origin = 'https://console.example'
    await withRig({}, async (rig) => {
      const answer = await rig.get('/v1/status', { origin })
      assert.equal(answer.headers.get('access-control-allow-origin'), null)
    })
    await withRig({ origins: [origin] }, async (rig) => {
      const named = await rig.get('/v1/status', { origin })
      assert.equal(named.headers.get('access-control-allow-origin'), origin)
      const other = await rig.get('/v1/status', { origin: 'https://other.example' })
      assert.equal(other.headers.get('access-control-allow-origin'), null)
      const preflight = await fetch(`${rig.api.url}/v1/acts`, { method: 'OPTIONS', headers: { origin } })
      assert.equal(preflight.status, 204)
      assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/)
    })
  })

  it('[API-16] lets in the pages of the other nodes that it names, as it names them by now', async () => {
    const other: NamedNode = { org: 'B', name: 'B', role: 'validator', api: 'http://b.example:7300', here: false }
    const own: NamedNode = { ...other, org: 'A', api: 'http://a.example:7300', here: true }
    let named: () => readonly NamedNode[] = () => [own]
    await withRig({ nodes: async () => named() }, async (rig) => {
      const letIn = async (origin: string): Promise<string | null> =>
        (await rig.get('/v1/status', { origin })).headers.get('access-control-allow-origin')
      assert.equal(await letIn('http://b.example:7300'), null)
      named = () => [own, other]
      await rig.pass(1_000)
      assert.equal(await letIn('http://b.example:7300'), 'http://b.example:7300')
      assert.equal(await letIn('http://b.example'), null)
      named = () => {
        throw new Error('a list that cannot be read')
      }
      await rig.pass(1_000)
      assert.equal(await letIn('http://b.example:7300'), null)
    })
  })

  it('[API-16] looks at the list of nodes once a second, however many pages of others ask', async () => {
    let looks = 0
    const nodes = async (): Promise<readonly NamedNode[]> => ((looks += 1), [])
    await withRig({ nodes }, async (rig) => {
      const asked = (): Promise<unknown[]> =>
        Promise.all([1, 2, 3].map((at) => rig.get('/v1/status', { origin: `https://${at}.example` })))
      await asked()
      await asked()
      assert.equal(looks, 1)
      await rig.pass(1_000)
      await asked()
      assert.equal(looks, 2)
    })
  })
})
