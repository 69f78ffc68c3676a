import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import type { KeyFile } from '@dujiang/client'
import { identityOf } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import type { UnitBook } from '@dujiang/market'
import { cometHere } from '@dujiang/testing/network'
import { NO_BROWSER, type Visitor, openBrowser, visitor } from '../support/browser.ts'
import { assertAccessible } from '../support/look.ts'
import { ProvinceDesk } from '../support/province-desk.ts'
import { signInAs } from '../support/sign-in.ts'
import { CLOSES, STAYS_OPEN, announce, buyer, seller } from './market.ts'
import { type Held, SampleNetwork } from './sample-network.ts'

/**
 * Parts of what the network took to start, which is as slow as the machine: enough for the clerk's five acts, a block each, beside two
 * who sign in, however busy the machine has become meanwhile; and from then on for both to bid. What else can be done until then is
 * done before the opening, and before the gate.
 */
const OPENS_AFTER = 0.9
const OPEN = 1.6
const RESTART_MS = 240_000
const LOOK_AGAIN_MS = 100

const { skip } = await cometHere()

describe('two organisations at browsers trade with each other through different nodes', {
  skip: NO_BROWSER || skip,
}, () => {
  let network: SampleNetwork
  let browser: Browser
  let atSeller: Visitor
  let atBuyer: Visitor
  let opensMs = 0
  let huadian: Held
  const steps = new Map<Page, readonly string[]>()

  before(async () => {
    // The association's node keeps no lists: what its people can do without them is part of the journey.
    browser = await openBrowser()
    const startsMs = performance.now()
    network = await SampleNetwork.start('--lists', 'SCPX,DADUHE')
    const startedInMs = performance.now() - startsMs
    ;[atSeller, atBuyer] = await Promise.all([visitor(browser), visitor(browser)])
    opensMs = Date.now() + Math.round(OPENS_AFTER * startedInMs)
    const gateMs = opensMs + Math.round(OPEN * startedInMs)
    await Promise.all([
      announce(network, { opensMs, gateMs }),
      signInAs(atSeller.page, network.urlOf('DADUHE'), '大渡河流域水电', 'bidder', '/sessions'),
      signInAs(atBuyer.page, network.urlOf('SCYH'), nameOf(buyer.name), 'bidder', '/sessions'),
    ])
  })
  after(async () => {
    await browser?.close()
    await network?.stop()
  })

  const cell = (page: Page, name: string) => page.getByRole('grid', { name: '申报阶梯' }).getByRole('textbox', { name })
  const provable = (page: Page): Promise<void> =>
    page.locator('.progress li[aria-current="step"]').filter({ hasText: '可证明' }).waitFor({ timeout: RESTART_MS })
  const hostOf = (org: string): string => new URL(network.urlOf(org)).host
  const silent = (page: Page) => page.getByRole('alert').filter({ hasText: '没有应答' })

  async function fill(page: Page, session: string, price: string, volume: string): Promise<void> {
    await page.goto(`${new URL(page.url()).origin}/sessions/${session}/bid`)
    await cell(page, '00:00-01:00 第1段 价格').fill(price)
    await cell(page, '00:00-01:00 第1段 电量').fill(volume)
    await page.getByText('试算通过').waitFor()
  }
  /** Signs and sends, and keeps the steps that were shown. */
  async function send(page: Page): Promise<void> {
    await page.evaluate(WATCH_STEPS)
    await page.getByRole('button', { name: '签名并提交' }).click()
    await provable(page)
    steps.set(page, (await page.evaluate('window.stepsShown')) as readonly string[])
  }
  /** The orders of a unit that has some, at a node which may be some blocks behind the one that has proved them. */
  const ordersOf = async (unit: typeof seller, session: string): Promise<UnitBook['orders']> => {
    const client = network.clientOf('SCPX', { org: unit.org, person: 'bidder' })
    const desk = new ProvinceDesk(client, (by) => network.identity(by))
    const ordersIn = (row: Json | undefined) => (row as UnitBook | undefined)?.orders ?? []
    return ordersIn(await desk.rowWhen(`auction/book/${session}/${unit.unit}`, (row) => ordersIn(row).length > 0))
  }

  it('is served whole at every node, with the sample identities and the addresses of the others', async () => {
    const orgs = [...network.urls.keys()]
    assert.deepEqual(orgs, ['SCPX', 'DADUHE', 'HUADIAN', 'SCYH', 'SCNEA', 'SGSC'])
    for (const org of orgs) {
      const url = network.urlOf(org)
      const client = network.clientOf(org)
      const page = await fetch(`${url}/sessions`, { headers: { accept: 'text/html' } })
      assert.match(await page.text(), /<div id="root">/)
      const { demo, projections } = await client.status()
      assert.deepEqual([demo, projections !== undefined], [true, org === 'SCPX' || org === 'DADUHE'], org)
      const nodes = await client.nodes()
      assert.deepEqual(nodes.map((node) => node.api).sort(), [...network.urls.values()].sort())
      assert.deepEqual(
        nodes.flatMap((node) => (node.here ? [node.org] : [])),
        [org],
      )
      const answer = await fetch(`${url}/demo/identities`)
      const { identities } = (await answer.json()) as { readonly identities: readonly { readonly org: string }[] }
      assert.ok(identities.some((each) => each.org === 'SCYH'))
    }
  })

  it('hands out at one node a key that holds at another', async () => {
    const wish = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    const answer = await fetch(`${network.urlOf('HUADIAN')}/demo/sandbox`, wish)
    const { org, scheme, secret } = (await answer.json()) as KeyFile
    const system = identityOf(nodeCrypto.sha256, org, signerFromSecret(scheme, fromHex(secret as string)))
    const open = { act: 'auction.sequence.open', payload: { sequence: 'SANDBOX', name: 'n' } }
    const { receipts } = await network.clientOf('HUADIAN').status()
    // It may be a block behind.
    while ((await network.clientOf('SGSC').status()).receipts < receipts);
    assert.equal((await network.clientOf('SGSC').act(system, open)).receipt.code, 0)
  })

  it('takes an order at each node and proves it, while another validator is down', async () => {
    // By the ledger's clock, which is a block or more behind: an order that comes before it is refused.
    while ((await network.clientOf('SCPX').status()).timeMs < opensMs) await sleep(LOOK_AGAIN_MS)
    huadian = await network.holdDown('HUADIAN')
    await Promise.all([fill(atSeller.page, CLOSES, '300', '100'), fill(atBuyer.page, CLOSES, '350', '150')])
    await Promise.all([send(atSeller.page), send(atBuyer.page)])
    for (const [{ page }, unit] of [
      [atSeller, seller],
      [atBuyer, buyer],
    ] as const) {
      assert.deepEqual(steps.get(page)?.slice(-2), ['已上链', '可证明'])
      assert.equal((await ordersOf(unit, CLOSES)).length, 1)
    }
  })

  it('shows the dead validator as silent, and the others at one height with one app hash', async () => {
    const page = await atBuyer.context.newPage()
    await page.goto(`${network.urlOf('SCYH')}/ledger/validators`)
    const table = page.getByRole('table', { name: '验证人' })
    const row = (org: string) => table.getByRole('row', { name: org })
    await row('HUADIAN').getByText('沉默').waitFor()
    for (const org of ['SCPX', 'DADUHE', 'SCYH'])
      await row(org)
        .getByText(/在签|迟缓/)
        .waitFor()
    const nodes = page.getByRole('table', { name: '本网络的节点' })
    await nodes.getByRole('row', { name: 'SCYH' }).getByText('即本页').waitFor()
    assert.equal(await nodes.getByRole('link').count(), 6)
    for (const org of ['SCNEA', 'SGSC']) await nodes.getByRole('row', { name: org }).getByText('不签区块').waitFor()
    await assertAccessible(page, 'the validators of a network')

    huadian.letGo()
    await row('HUADIAN').getByText('在签').waitFor({ timeout: RESTART_MS })
    await page.close()
  })

  it('takes an act whose node was killed before it could answer to another: proved meanwhile, nothing doubled', async () => {
    const { page } = atSeller
    const sent: string[] = []
    const to: string[] = []
    let daduhe: Held | undefined
    // While its node is away a page names the others by what it has heard before.
    const named = page.waitForResponse(/\/v1\/nodes$/)
    await fill(page, STAYS_OPEN, '310', '80')
    await named
    await page.route(/\/v1\/acts(\?|$)/, async (route) => {
      sent.push(route.request().postData() ?? '')
      to.push(new URL(route.request().url()).host)
      if (sent.length > 1) return route.continue()
      // The node has taken it in; the answer is lost with the node.
      await route.fetch()
      daduhe = await network.holdDown('DADUHE')
      await route.abort()
    })
    const sending = send(page)
    await silent(page).getByText('大渡河流域水电').waitFor()
    const others = silent(page).getByRole('link')
    await assertAccessible(page, 'a page whose node does not answer')
    assert.equal(await others.count(), 5)
    assert.equal(await others.first().getAttribute('href'), `${network.urlOf('HUADIAN')}/sessions/${STAYS_OPEN}/bid`)

    // While its node is still down.
    await sending
    assert.equal(to[0], hostOf('DADUHE'))
    assert.ok(new Set(to).size > 1, 'it was not sent to another')
    assert.equal(new Set(sent).size, 1, 'other bytes were sent')
    const live = await ordersOf(seller, STAYS_OPEN)
    assert.deepEqual([live.length, live[0]?.prices[0]?.[0]], [1, 31_000_000])

    daduhe?.letGo()
    await silent(page).waitFor({ state: 'hidden', timeout: RESTART_MS })
  })

  it('shows both the same result after the gate', async () => {
    for (const [{ page }, side] of [
      [atSeller, 'sell'],
      [atBuyer, 'buy'],
    ] as const) {
      await page.goto(`${new URL(page.url()).origin}/sessions/${CLOSES}`)
      await page.getByRole('button', { name: '查看结果' }).click({ timeout: 2 * RESTART_MS })
      const trades = page.getByRole('table', { name: `我的成交明细 ${side}` })
      const first = trades.getByRole('row').filter({ hasText: '00:00-01:00' })
      await first.getByText('325.00').waitFor()
      await first.getByText('100', { exact: true }).first().waitFor()
    }
  })

  it('checks the receipt of each order in the browser', async () => {
    for (const [{ page }, unit] of [
      [atSeller, seller],
      [atBuyer, buyer],
    ] as const) {
      const [order] = await ordersOf(unit, CLOSES)
      await page.goto(`${new URL(page.url()).origin}/ledger/receipts/${order?.id}`)
      await page.getByRole('button', { name: '逐步核对' }).click()
      await page
        .getByRole('status')
        .filter({ hasText: /\d+ 步全部对上/ })
        .waitFor()
    }
  })

  it('lists the own orders where the node keeps lists, and says where it does not', async () => {
    await atSeller.page.goto(`${network.urlOf('DADUHE')}/orders`)
    const rows = atSeller.page.getByRole('table', { name: '我的申报' }).getByRole('row')
    await rows.filter({ hasText: CLOSES }).waitFor()
    await atBuyer.page.goto(`${network.urlOf('SCYH')}/orders`)
    await atBuyer.page.getByRole('heading', { name: '本节点不保留列表' }).waitFor()
    const elsewhere = atBuyer.page.getByRole('main').getByRole('link', { name: '四川电力交易中心' })
    assert.equal(await elsewhere.getAttribute('href'), `${network.urlOf('SCPX')}/orders`)
    await assertAccessible(atBuyer.page, 'a page without lists')
  })

  it('has met nothing that the policy refuses, and no failure but of the node that was killed', () => {
    const complaints = [...atSeller.complaints, ...atBuyer.complaints]
    assert.deepEqual(
      complaints.filter((complaint) => !/net::ERR_|\b(?:40[49]|503)\b/.test(complaint)),
      [],
    )
    const named = new Set([...network.urls.keys()].map(hostOf))
    const asked = [...atSeller.hosts, ...atBuyer.hosts]
    assert.deepEqual(
      asked.filter((host) => !named.has(host)),
      [],
    )
  })
})

const nameOf = (name: string): string => name.replace('（示例）', '')

/** Notes in the page which step of an act is shown, as each comes. */
const WATCH_STEPS = `(() => {
  window.stepsShown = []
  const look = () => {
    const text = document.querySelector('.progress li[aria-current="step"]')?.textContent
    if (text && window.stepsShown.at(-1) !== text) window.stepsShown.push(text)
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
})()`
