import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, it } from 'node:test'
import { OwnPages } from '../../src/api/own-pages.ts'
import { type Route, ok } from '../../src/api/index.ts'
import { withRig } from './rig.ts'

const pages = new OwnPages('ledger.example', ['https://desk.example'])
const own = 'http://127.0.0.1:26680'
const host = '127.0.0.1:26680'

describe('doors for the node’s own pages', () => {
  it('[API-36] answer a program and the node’s own pages, and those that the node was told of', () => {
    for (const headers of [
      { host },
      { host, origin: own, 'sec-fetch-site': 'same-origin' },
      { host, 'sec-fetch-site': 'none' },
      { host: '[::1]:26680', origin: 'http://[::1]:26680' },
      { host: 'localhost:26680', origin: 'http://localhost:26680' },
      { host: 'LEDGER.example', origin: 'http://ledger.example' },
      { host, origin: 'https://desk.example', 'sec-fetch-site': 'cross-site' },
    ]) {
      assert.equal(pages.faultOf(headers), undefined, JSON.stringify(headers))
    }
  })

  it('[API-36] refuse the pages of others, and names that may be led here by whoever owns them', () => {
    for (const headers of [
      { host, origin: 'http://evil.example' },
      { host, origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' },
      { host, origin: 'null' },
      { host, origin: '' },
      { host, 'sec-fetch-site': 'cross-site' },
      { host: 'evil.example:26680', origin: 'http://evil.example:26680', 'sec-fetch-site': 'same-origin' },
      { host: 'evil.example' },
      { host: '127.0.0.1.evil.example' },
      { host: 'a b' },
      {},
    ]) {
      assert.equal(pages.faultOf(headers)?.problem, 'foreignPage', JSON.stringify(headers))
    }
  })

  it('[API-36] are refused before they are opened', async () => {
    let opened = 0
    const route: Route = {
      method: 'POST',
      path: '/demo/door',
      title: { zh: '门', en: 'Door' },
      params: [],
      answers: {},
      ownPagesOnly: true,
      handle: () => ok({ opened: ++opened }),
    }
    await withRig({ routes: [route] }, async (rig) => {
      const knock = (headers: Record<string, string>) =>
        new Promise<number | undefined>((resolve, reject) => {
          const asked = request(`${rig.api.url}/demo/door`, { method: 'POST', headers }, (answer) => {
            answer.resume()
            resolve(answer.statusCode)
          })
          asked.on('error', reject).end()
        })
      assert.equal(await knock({ origin: 'http://evil.example' }), 403)
      assert.equal(await knock({ host: 'evil.example' }), 403)
      assert.equal(opened, 0)
      assert.equal(await knock({ origin: rig.api.url }), 200)
      assert.equal(opened, 1)
    })
  })
})
