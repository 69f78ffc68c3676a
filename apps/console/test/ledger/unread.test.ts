import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { exchange } from '@dujiang/testing/market-fixture'
import { NO_BROWSER, type VisitorOptions, openBrowser, visitor } from '../support/browser.ts'
import { StillMarket } from '../support/still-market.ts'

const ID = 'ab'.repeat(32)
const busy = { code: 1, name: 'busy', facts: {}, zh: '节点正忙，请稍后再试', en: 'The node is busy.', retry: true }
const session = { org: 'SCPX', name: '某场次', status: 'published', result: ID, deliveryFrom: '2026-12-01' }
const rows: { readonly [key: string]: object } = {
  'auction/session/S1': { ...session, deliveryTo: '2026-12-31', gateMs: 1_780_000_000_000, periods: [] },
  'auction/result/S1': { volumeWh: 0, orders: 0, units: 0, periods: [] },
  'auction/bulletin/S1': {
    number: '第 1 号',
    text: '正文',
    digest: ID,
    preparedBy: 'zhang',
    preparedMs: 1_780_000_000_000,
  },
}

describe('a page whose content the node does not give', { skip: NO_BROWSER }, () => {
  let still: StillMarket
  let browser: Browser

  before(async () => {
    still = await StillMarket.open()
    browser = await openBrowser()
    await still.must(exchange, 'auction.sequence.open', { sequence: 'Q1', name: '序列' })
  })
  after(async () => {
    await browser?.close()
    await still?.close()
  })

  async function visited(work: (page: Page) => Promise<void>, options?: VisitorOptions): Promise<void> {
    const { page, context } = await visitor(browser, options)
    await work(page)
    // A question on its way through a route of ours would be answered to a page that is gone.
    await page.unrouteAll({ behavior: 'wait' })
    await context.close()
  }
  const title = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

  it('says so in the node’s own words: an id that is none, a receipt that is refused', () =>
    visited(async (page) => {
      for (const path of ['/ledger/receipts/zzz', '/orders/zzz']) {
        await page.goto(still.url + path)
        await title(page, '节点没有给出此内容')
      }
      await page.route(`**/v1/receipts/${ID}`, (route) => route.fulfill({ status: 503, json: { error: busy } }))
      await page.goto(`${still.url}/ledger/receipts/${ID}`)
      await title(page, '节点没有给出此内容')
      await page.getByText(busy.zh).waitFor()
    }))

  it('says that it is being read, and not that there is nothing', () =>
    visited(async (page) => {
      let give: () => void = () => {}
      const given = new Promise<void>((resolve) => (give = resolve))
      await page.route('**/v1/lists/**', async (route) => {
        await given
        await route.continue()
      })
      await page.goto(`${still.url}/ledger`)
      await page.getByRole('status').filter({ hasText: '读取中' }).waitFor()
      give()
      await page.getByRole('table', { name: '业务' }).getByRole('row').nth(1).waitFor()
    }))

  it('says so within its frame while the first page itself is on its way', () =>
    visited(async (page) => {
      let give: () => void = () => {}
      const given = new Promise<void>((resolve) => (give = resolve))
      await page.route('**/assets/sessions-page-*.js', async (route) => {
        await given
        await route.continue()
      })
      await page.goto(still.url, { waitUntil: 'commit' })
      await page.getByRole('main').getByRole('status').filter({ hasText: '读取中' }).waitFor()
      give()
      await title(page, '还没有场次')
    }))

  it('offers no block after one whose height is none', () =>
    visited(async (page) => {
      await page.goto(`${still.url}/ledger/blocks/1`)
      await page.getByRole('heading', { name: '区块头' }).waitFor()
      await page.goto(`${still.url}/ledger/blocks/abc`)
      await title(page, '还没有区块 abc')
      assert.equal(await page.getByRole('link', { name: /下一区块|上一区块/ }).count(), 0)
    }))

  it('explains marks of votes only where they are shown', async () => {
    const legend = (page: Page) => page.getByText('左新右旧')
    for (const [width, count] of [
      ['desk', 1],
      ['phone', 0],
    ] as const) {
      await visited(
        async (page) => {
          await page.goto(`${still.url}/ledger/validators`)
          await page.getByRole('table', { name: '验证人' }).waitFor()
          assert.equal(await legend(page).count(), count, width)
        },
        { width },
      )
    }
  })

  it('has a bulletin verified by its row at a node that keeps no lists, and so finds no receipt', () =>
    visited(async (page) => {
      await page.route('**/v1/status', async (route) => {
        const { projections: _lists, ...status } = (await (await route.fetch()).json()) as {
          readonly projections: unknown
        }
        await route.fulfill({ json: status })
      })
      for (const [key, value] of Object.entries(rows)) {
        await page.route(`**/v1/state/${key}`, (route) => route.fulfill({ json: { key, value } }))
      }
      await page.goto(`${still.url}/bulletins/S1`)
      const code = page.getByRole('article', { name: '成交公告' }).getByRole('link', { name: '扫码验证本公告' })
      const { chain } = (await (await fetch(`${still.url}/v1/status`)).json()) as { readonly chain: string }
      const verified = new URLSearchParams({ row: 'auction/bulletin/S1', chain })
      assert.equal(await code.getAttribute('href'), `${still.url}/verify#${verified.toString()}`)
    }))
})
