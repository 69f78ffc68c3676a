import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { PreparedChange, Session, SessionChange, UnitBook } from '@dujiang/market'
import { sendAll } from '@dujiang/testing/province'
import { NO_BROWSER, type Visitor, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { assertAccessible } from '../support/look.ts'
import { signInAs } from '../support/sign-in.ts'
import { YUAN, announce, clerk, trader, viewedBy } from './auctions.ts'
import { LadderPage } from './ladder-page.ts'

const TRADER = '大渡河流域水电'
const OPEN = 'KEPT-1'
const POSTPONED = 'KEPT-2'
const VOIDED = 'KEPT-3'
const TABS = 'KEPT-4'
const SOON = 'KEPT-5'
/** Enough for whoever is slow; for others it is let pass. */
const WHILE_MS = 300_000
const HOUR_MS = 3_600_000
const RESULTS = /\/assets\/results-page-.*\.js$/
const STATUS = /\/v1\/status$/
const ACTS = /\/v1\/acts(?:\?|$)/

describe('what a trader has typed or sent is not lost', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  let trading: Visitor
  let bid: LadderPage

  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
    const opensMs = demo.time.nowMs() + WHILE_MS
    const gateMs = opensMs + HOUR_MS
    await announce(
      demo,
      [OPEN, TABS, POSTPONED, VOIDED].map((session) => ({ session, opensMs, gateMs })),
    )
    trading = await visitor(browser)
    await demo.time.takeAlong(trading.context)
    bid = await bidding(trading.page, OPEN)
    await demo.time.passUntil(opensMs)
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function bidding(page: Page, session: string): Promise<LadderPage> {
    await signInAs(page, demo.url, TRADER, 'bidder', `/sessions/${session}/bid`)
    return new LadderPage(page)
  }
  const book = async (session: string): Promise<UnitBook['orders']> => {
    const row = await viewedBy(demo, trader).row(`auction/book/${session}/${trader.unit}`)
    return (row as UnitBook | undefined)?.orders ?? []
  }
  const pricesIn = async (session: string): Promise<readonly number[]> =>
    (await book(session)).map(({ prices }) => (prices[0]?.[0] ?? 0) / YUAN)

  async function changeSession(session: string, change: SessionChange): Promise<void> {
    const payload = { session, change: { ...change }, reason: '测试' }
    await sendAll(demo.desk, [{ by: clerk, act: 'auction.change.prepare', payload }])
    const prepared = (await demo.client.row(`auction/prepared/${session}`)) as unknown as PreparedChange
    const approval = { session, change: prepared.digest }
    const by = { org: clerk.org, person: 'chen' }
    await sendAll(demo.desk, [{ by, act: 'auction.change.approve', payload: approval }])
  }

  it('keeps a draft over a reload, sealed, says so, and gives it up when told to', async () => {
    await bid.type('310.5', '61')
    await bid.kept()
    assert.ok(!(await keptIn(bid.page)).includes('310.5'))
    await bid.page.reload()
    await bid.found().waitFor()
    assert.deepEqual(await bid.typed(), ['310.5', '61'])
    await assertAccessible(bid.page, 'a draft that is back')

    const second = await bidding(await trading.context.newPage(), OPEN)
    await second.page.getByText('另一标签页正在填写同一内容').waitFor()
    assert.deepEqual(await second.typed(), ['', ''])
    await second.page.close()

    await bid.page.getByRole('button', { name: '丢弃草稿' }).click()
    assert.deepEqual(await bid.typed(), ['', ''])
    await draftsGone(bid.page)
    await bid.page.reload()
    await bid.cell('00:00-01:00 第1段 价格').waitFor()
    assert.equal(await bid.found().count(), 0)
  })

  it('goes on with an act that was under way when the page was loaded again, in its form, once', async () => {
    await bid.type('301', '10')
    await bid.kept()
    await bid.page.route(ACTS, (route) => route.abort())
    await bid.send()
    await bid.reaches('已签名')
    await bid.page.getByText('已签名的字节存于本浏览器').waitFor()
    await bid.page.getByRole('alert').filter({ hasText: '没有应答' }).waitFor()

    await bid.page.reload()
    await bid.reaches('已签名')
    assert.deepEqual(await bid.typed(), ['301', '10'])
    assert.deepEqual(await pricesIn(OPEN), [])
    await bid.page.unroute(ACTS)
    await bid.reaches('可证明')
    assert.deepEqual(await pricesIn(OPEN), [301])
    await bid.page.getByText('更改后再提交，将替换此笔申报').waitFor()

    await draftsGone(bid.page)
    await bid.page.reload()
    await bid.cell('00:00-01:00 第1段 价格').waitFor()
    assert.deepEqual([await bid.found().count(), ...(await bid.typed())], [0, '', ''])
  })

  it('sends it from any page of the browser once the tab is closed, with nobody signed in', async () => {
    await bid.type('302', '10')
    await bid.kept()
    await bid.page.route(ACTS, (route) => route.abort())
    await bid.send()
    await bid.reaches('已签名')
    await bid.page.close()

    const { page } = { page: await trading.context.newPage() }
    await page.goto(`${demo.url}/learn`)
    const underWay = page.getByRole('region', { name: '在途业务' })
    await underWay.locator('li[aria-current="step"]').filter({ hasText: '可证明' }).waitFor()
    assert.deepEqual(await pricesIn(OPEN), [301, 302])
    await underWay.getByRole('button', { name: '知道了' }).click()
    await underWay.waitFor({ state: 'detached' })

    // Its draft was never given up; it is known again as what has been sent.
    bid = await bidding(page, OPEN)
    await bid.page.getByText('更改后再提交，将替换此笔申报').waitFor()
    assert.deepEqual(await bid.typed(), ['302', '10'])
  })

  it('says of an act that has expired that it was not executed, and keeps what was typed', async () => {
    const expired = { code: 10, name: 'expired', facts: {}, zh: '已过期', en: 'Expired', retry: false }
    await bid.type('303', '10')
    await bid.page.route(ACTS, (route) => route.fulfill({ status: 410, json: { error: expired } }))
    await bid.page.getByText('试算通过').waitFor()
    await bid.page.getByRole('button', { name: '签名并修改' }).click()
    await bid.page.getByText('没有执行，也不会再执行').waitFor()
    assert.deepEqual(await bid.typed(), ['303', '10'])
    await bid.page.unroute(ACTS)
    assert.deepEqual(await pricesIn(OPEN), [301, 302])
  })

  it('lets two tabs send at once, one after the other, and refuses neither', async () => {
    await bid.page.goto(`${demo.url}/sessions/${TABS}/bid`)
    const second = await bidding(await trading.context.newPage(), TABS)
    await bid.type('311', '10')
    await second.type('312', '10')
    await Promise.all([bid.send(), second.send()])
    await Promise.all([bid.reaches('可证明'), second.reaches('可证明')])
    assert.deepEqual(
      (await pricesIn(TABS)).toSorted((a, b) => a - b),
      [311, 312],
    )
    await second.page.close()
  })

  it('takes nothing after the gate, says so while the form is open, and keeps the draft', async () => {
    const opensMs = demo.time.nowMs() + WHILE_MS
    const gateMs = opensMs + WHILE_MS
    await announce(demo, [{ session: SOON, opensMs, gateMs }])
    await demo.time.passUntil(opensMs)
    await bid.page.goto(`${demo.url}/sessions/${SOON}/bid`)
    await bid.type('313', '10')
    await bid.page.getByText('试算通过').waitFor()
    await demo.time.passUntil(gateMs)
    await bid.page.getByText('场次已闭市，不再受理申报').waitFor()
    assert.equal(await bid.page.getByRole('button', { name: '签名并提交' }).count(), 0)
    assert.deepEqual(await bid.typed(), ['313', '10'])
  })

  it('moves the countdown of a postponed session under the form, and marks the draft until that is seen', async () => {
    await bid.page.goto(`${demo.url}/sessions/${POSTPONED}/bid`)
    await bid.type('320', '10')
    await bid.kept()
    await bid.page.getByText(/距闭市 00:/).waitFor()
    const row = (await demo.client.row(`auction/session/${POSTPONED}`)) as unknown as Session
    const { deliveryFrom, deliveryTo } = row
    const gateMs = row.gateMs + HOUR_MS
    await changeSession(POSTPONED, { kind: 'postpone', opensMs: row.opensMs, gateMs, deliveryFrom, deliveryTo })
    await bid.page.getByText(/距闭市 01:/).waitFor()
    const marked = bid.page.getByRole('status').filter({ hasText: '填写之后公告有变更' })
    await marked.getByText('申报截止（闭市）').waitFor()
    await bid.page.reload()
    await bid.found().waitFor()
    await marked.getByRole('button', { name: '知道了' }).click()
    await marked.waitFor({ state: 'detached' })
    assert.deepEqual(await bid.typed(), ['320', '10'])
  })

  it('shows at once that a session is void, and leaves the draft to be given up', async () => {
    await bid.page.goto(`${demo.url}/sessions/${VOIDED}/bid`)
    await bid.type('330', '10')
    await bid.kept()
    await changeSession(VOIDED, { kind: 'void' })
    await bid.page.getByText('场次已作废。').waitFor()
    await bid.page.getByText('已作废', { exact: true }).waitFor()
    await bid.page.reload()
    await bid.page.getByRole('button', { name: '丢弃草稿' }).click()
    assert.deepEqual(await bid.typed(), ['', ''])
  })

  it('loads a page that could not be fetched while the node was away, once it is back', async () => {
    await trading.context.setOffline(true)
    await bid.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '设置' }).click()
    await bid.page.getByRole('heading', { name: '此页尚未载入' }).waitFor()
    // It asks every two seconds, and has to hear that nobody answers before somebody does.
    await bid.page.waitForEvent('requestfailed', (request) => new URL(request.url()).pathname === '/v1/status')
    await trading.context.setOffline(false)
    await bid.page.getByRole('heading', { name: '设置', level: 1 }).waitFor()
  })

  it('asks once more by itself for the code of a page that did not come while the node answers, and then says why it waits', async () => {
    const open = (name: string) =>
      bid.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name }).click()
    /** The code of a page fails so often; gives how often it was asked for. */
    const failing = async (file: RegExp, times: number): Promise<() => number> => {
      let asked = 0
      await bid.page.route(file, (route) => (++asked <= times ? route.abort() : route.continue()))
      return () => asked
    }
    const orders = await failing(/\/assets\/orders-page-.*\.js$/, 1)
    await open('我的申报')
    await bid.page.getByRole('heading', { name: '我的申报', level: 1 }).waitFor()
    assert.equal(orders(), 2)
    const results = await failing(RESULTS, Number.POSITIVE_INFINITY)
    const gone = bid.page.getByText('节点有应答，此页的程序却取不来')
    await open('结果')
    await gone.waitFor()
    await bid.page.getByRole('button', { name: '重新载入' }).waitFor()
    assert.equal(results(), 2)
    // What was there before is there still, and whoever comes again is not held to what failed then.
    await bid.page.goBack()
    await bid.page.getByRole('heading', { name: '我的申报', level: 1 }).waitFor()
    await open('结果')
    await gone.waitFor()
    assert.equal(results(), 4)
  })

  it('takes the page of a proxy for no answer, and loads what did not come once the node is behind it again', async () => {
    await bid.page.route(STATUS, (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad Gateway' }),
    )
    await bid.page.getByText('节点没有应答，页面的程序未能取来').waitFor()
    await bid.page.unroute(RESULTS)
    await bid.page.unroute(STATUS)
    await bid.page.getByRole('heading', { name: '结果', level: 1 }).waitFor()
  })

  it('has met nothing that the policy refuses', () => {
    const own = /ERR_FAILED|ERR_INTERNET_DISCONNECTED|dynamically imported module|status of (?:410|502)/
    assert.deepEqual(
      trading.complaints.filter((complaint) => !own.test(complaint)),
      [],
    )
  })
})

/** A page lets go of a draft at once, and this browser a moment later. */
async function draftsGone(page: Page): Promise<void> {
  while ((await draftsIn(page)) !== '') await page.evaluate('new Promise(requestAnimationFrame)')
}

async function keptIn(page: Page): Promise<string> {
  const all = await draftsIn(page)
  assert.notEqual(all, '', 'no draft is kept')
  return all
}

/** Every draft the browser keeps for this page, as text, with what else it keeps; empty when there is none. */
function draftsIn(page: Page): Promise<string> {
  return page.evaluate(`(async () => {
    const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result) })
    const database = await answer(indexedDB.open('dujiang-drafts'))
    const all = await answer(database.transaction('drafts').objectStore('drafts').getAll())
    database.close()
    const text = (bytes) => new TextDecoder('latin1').decode(bytes)
    if (all.length === 0) return ''
    return JSON.stringify(all, (_, value) => (value instanceof Uint8Array ? text(value) : value)) + JSON.stringify({ ...localStorage })
  })()`) as Promise<string>
}
