import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { exchange, keyOf, personOf } from '@dujiang/testing/market-fixture'
import { LOT_WH, noticeOf, plantOf } from '@dujiang/testing/market-session'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { assertAccessible, assertFits } from '../support/look.ts'
import { StillMarket } from '../support/still-market.ts'

const YUAN = 100_000
const MINUTE_MS = 60_000
const SHOTS = process.env['DUJIANG_SHOTS']

describe('a session that clears below zero', { skip: NO_BROWSER }, () => {
  let still: StillMarket
  let browser: Browser
  let page: Page

  before(async () => {
    still = await StillMarket.open()
    browser = await openBrowser()
    await holdSession(still)
    ;({ page } = await visitor(browser))
  })
  after(async () => {
    await browser?.close()
    await still?.close()
  })

  it('has its price with its sign in the list of results and by period', async () => {
    await page.goto(`${still.url}/results`)
    const row = page.getByRole('table', { name: '结果' }).getByRole('row').filter({ hasText: 'S1' })
    await row.getByText('−12.50').waitFor()
    await row.click()
    const periods = page.getByRole('table', { name: '分时段出清结果' })
    await periods.getByRole('row').nth(1).getByText('−20.00', { exact: true }).waitFor()
    await page.getByRole('img', { name: '各时段出清价与成交电量' }).locator('canvas').waitFor()
  })

  it('draws the curve below zero, and clears it again in the browser', async () => {
    await page.goto(`${still.url}/results/S1?view=one&period=1`)
    await page.getByText('本浏览器已重新出清此时段，与账本一致').waitFor()
    await page.getByRole('img', { name: '供需曲线' }).locator('canvas').waitFor()
    await page.getByRole('table', { name: '边际段' }).getByText('−30.00').waitFor()
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/negative-price.png`, fullPage: true })
    await assertAccessible(page, 'a negative price')
    await assertFits(page, 'a negative price')
    assert.equal(await page.getByText('NaN').count(), 0)
  })
})

/** Both periods clear in the middle of what was offered: at −20 and at −5. */
async function holdSession(still: StillMarket): Promise<void> {
  const seller = { ...personOf('GENA', 'a'), unit: 'GENA.1' }
  const buyer = { ...personOf('USRB', 'a'), unit: 'USRB.1' }
  for (const [{ org, unit }, role, side] of [
    [seller, 'generator', 'sell'],
    [buyer, 'user', 'buy'],
  ] as const) {
    await still.must(exchange, 'members.org.admit', {
      org,
      name: org,
      roles: [role],
      keys: [keyOf(personOf(org, 'a'))],
    })
    if (side === 'sell') await still.must(exchange, 'members.plant.register', plantOf(`${org}.P`, org))
    const plant = side === 'sell' ? { plant: `${org}.P` } : {}
    await still.must(exchange, 'members.unit.register', { unit, name: org, org, side, ...plant })
  }
  await still.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
  const opensMs = still.clock.nowMs() + MINUTE_MS
  const notice = { ...noticeOf(still.market, 'S1'), periods: 2, opensMs, gateMs: opensMs + MINUTE_MS }
  await still.must(exchange, 'auction.session.announce', notice)
  const units = [seller, buyer].map(({ unit }) => ({ unit, limitWh: [1_000 * LOT_WH, 1_000 * LOT_WH] }))
  await still.must(exchange, 'auction.session.invite', { session: 'S1', units })
  await still.pass(MINUTE_MS)
  const order = (unit: string, side: string, prices: readonly number[]) => ({
    session: 'S1',
    unit,
    side,
    periods: [1, 2],
    prices: [prices.map((yuan) => yuan * YUAN)],
    volumesWh: [[10 * LOT_WH, 10 * LOT_WH]],
  })
  await still.must(seller, 'auction.order.submit', order(seller.unit, 'sell', [-30, -20]))
  await still.must(buyer, 'auction.order.submit', order(buyer.unit, 'buy', [-10, 10]))
  await still.pass(MINUTE_MS + 1_000)
  await still.listed()
}
