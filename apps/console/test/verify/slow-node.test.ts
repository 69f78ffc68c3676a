import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { builtConsole } from '../support/built.ts'
import { makeFiles } from './files.ts'

const NODE = 'http://node.test'
const files = makeFiles()
const idOf = (digit: string): string => digit.repeat(64)

/** A node that answers when it is told to. */
class SlowNode {
  readonly #asked = new Map<string, Route>()
  readonly #waiting = new Map<string, () => void>()

  async take(route: Route): Promise<void> {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/v1/status') return route.fulfill({ json: {} })
    this.#asked.set(pathname, route)
    this.#waiting.get(pathname)?.()
  }

  async answer(path: string, body: Uint8Array): Promise<void> {
    if (!this.#asked.has(path)) await new Promise<void>((asked) => this.#waiting.set(path, asked))
    await this.#asked.get(path)?.fulfill({ body: Buffer.from(body), contentType: 'application/json' })
  }
}

describe('the page that verifies, at a node that is slow', { skip: NO_BROWSER }, () => {
  let browser: Browser
  let html = ''

  before(async () => {
    // The same page in one file, as a node would serve it: it may ask.
    html = readFileSync(join(builtConsole(), 'verify-offline.html'), 'utf8')
      .replace('data-offline="true" ', '')
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    browser = await openBrowser()
  })
  after(() => browser?.close())

  async function opened(fragment: string, work: (page: Page, node: SlowNode) => Promise<void>): Promise<void> {
    const { page, context, complaints } = await visitor(browser, { language: 'en' })
    const node = new SlowNode()
    await context.route(`${NODE}/**`, (route) =>
      new URL(route.request().url()).pathname === '/verify'
        ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
        : node.take(route),
    )
    await page.goto(`${NODE}/verify${fragment}`)
    await work(page, node)
    assert.deepEqual(complaints, [])
    await context.close()
  }
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)
  const print = (page: Page) => page.locator('#print')
  const text = (page: Page) => page.locator('#paste-text')

  it('keeps what is being typed and pasted when the genesis file comes, and goes on taking keys', () =>
    opened('', async (page, node) => {
      await page.getByText('Paste text').click()
      await text(page).fill('{"half')
      await print(page).fill('ab')
      await node.answer('/v1/genesis', files.genesis)
      await page.getByLabel('Fingerprint', { exact: true }).waitFor()
      await page.keyboard.type('cd')
      assert.deepEqual([await print(page).inputValue(), await text(page).inputValue()], ['abcd', '{"half'])
      assert.equal(await text(page).isVisible(), true)
    }))

  it('changes its language under the keyboard: who stands on a button stays there, and what was typed stays', () =>
    opened('', async (page, node) => {
      await node.answer('/v1/genesis', files.genesis)
      await page.getByText('Paste text').click()
      await text(page).fill('{"half')
      await page.locator('#language-zh').focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '验证凭证' }).waitFor()
      assert.deepEqual([await focused(page), await text(page).inputValue()], ['language-zh', '{"half'])
      assert.equal(await text(page).isVisible(), true)
    }))

  it('shows what the newest address asks for, whichever answer comes last', () =>
    opened(`#id=${idOf('1')}`, async (page, node) => {
      await node.answer('/v1/genesis', files.genesis)
      await page.evaluate((fragment) => void (window.location.hash = fragment), `#id=${idOf('2')}`)
      await node.answer(`/v1/receipts/${idOf('2')}/proof`, files.receipt)
      await page.getByRole('status').filter({ hasText: 'It holds' }).waitFor()
      await node.answer(`/v1/receipts/${idOf('1')}/proof`, files.refused)
      // What is asked for and answered after it has come after it.
      await page.evaluate((fragment) => void (window.location.hash = fragment), `#id=${idOf('3')}`)
      await node.answer(`/v1/receipts/${idOf('3')}/proof`, files.receipt)
      const given = page.locator('.given button[aria-pressed]')
      await given.filter({ hasText: idOf('3').slice(0, 12) }).waitFor()
      assert.deepEqual(
        await given.allTextContents(),
        [idOf('2'), idOf('3')].map((id) => id.slice(0, 12)),
      )
    }))
})
