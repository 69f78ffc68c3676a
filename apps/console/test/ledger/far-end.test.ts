import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { exchange } from '@dujiang/testing/market-fixture'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { StillMarket } from '../support/still-market.ts'

const SEQUENCES = 1_100
/** Rows of the frame, and those beside it that are ready. */
const IN_PAGE_MAX = 80

describe('a list that is longer than a page', { skip: NO_BROWSER }, () => {
  let still: StillMarket
  let browser: Browser
  let page: Page
  let table: Locator

  before(async () => {
    still = await StillMarket.open()
    browser = await openBrowser()
    await open('Q', SEQUENCES)
    ;({ page } = await visitor(browser))
    await page.goto(`${still.url}/ledger`)
    table = page.getByRole('table', { name: '业务' })
  })
  after(async () => {
    await browser?.close()
    await still?.close()
  })

  async function open(name: string, count: number): Promise<void> {
    const payloads = Array.from({ length: count }, (_, at) => ({ sequence: `${name}${at}`, name: '序列' }))
    await still.all(exchange, 'auction.sequence.open', payloads)
    await still.listed()
  }
  /** The receipt's index in a row of the table, counted from its top. */
  const rowAt = (at: number) =>
    table
      .locator(`tr[aria-rowindex="${at + 2}"]`)
      .getByRole('cell')
      .first()
  const isAt = (at: number, index: number) =>
    rowAt(at)
      .filter({ hasText: new RegExp(`^${index}$`) })
      .waitFor()
  const scrollTo = (part: number) =>
    page.locator('.dense').evaluate((frame, to) => frame.scrollTo(0, frame.scrollHeight * to), part)

  it('has its far end and its middle behind the scrollbar, with little of it in the page', async () => {
    const { receipts } = still
    await isAt(0, receipts - 1)
    // How long it is comes a moment after its top.
    await page.locator(`table[aria-rowcount="${receipts + 1}"]`).waitFor()
    await scrollTo(1)
    await isAt(receipts - 1, 0)
    await scrollTo(0.5)
    const middle = Math.floor(receipts / 2) + 5
    await isAt(middle, receipts - 1 - middle)
    assert.ok((await table.getByRole('row').count()) < IN_PAGE_MAX)
  })

  it('stands still while new ones come, and leads back to the newest', async () => {
    const { receipts } = still
    await scrollTo(1)
    await isAt(receipts - 1, 0)
    await page.getByText('已停在此处').waitFor()
    await open('R', 3)
    // The frame around it has heard of them.
    await page
      .locator('.ledger-facts')
      .getByText(String(receipts + 3), { exact: true })
      .first()
      .waitFor()
    await isAt(receipts - 1, 0)
    await page.getByRole('button', { name: '回到最新' }).click()
    await isAt(0, receipts + 2)
  })

  it('is moved through by keys', async () => {
    const { receipts } = still
    await table.locator('tr[aria-rowindex="2"]').focus()
    await page.keyboard.press('End')
    await isAt(receipts - 1, 0)
    // A row that has come into the page is given the keys a moment after it stands there.
    await table.locator('tr[data-unread="false"]:focus').waitFor()
    await page.keyboard.press('Home')
    await isAt(0, receipts - 1)
  })

  it('begins at its top when it is narrowed', async () => {
    await scrollTo(1)
    await isAt(still.receipts - 1, 0)
    await page.getByText('拒绝', { exact: true }).first().click()
    await page.getByText('没有符合条件的业务').waitFor()
    await page.getByText('全部', { exact: true }).first().click()
    await isAt(0, still.receipts - 1)
  })
})
