import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { verifyWords } from '../../src/verify/verify-words.ts'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { builtConsole } from '../support/built.ts'
import { makeFiles } from './files.ts'

const BYTES_MAX = 100_000
const PAGE = 'verify-offline.html'
const dir = mkdtempSync(join(tmpdir(), 'dujiang-stick-'))
const files = makeFiles()
const pathOf = (name: keyof typeof files): string => join(dir, `${name}.json`)

/** What is on the stick: the page, and the files of one ledger. */
before(() => {
  copyFileSync(join(builtConsole(), PAGE), join(dir, PAGE))
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes instanceof Uint8Array) writeFileSync(join(dir, `${name}.json`), bytes)
  }
})
after(() => rmSync(dir, { recursive: true }))

describe('the page that verifies, as one file', () => {
  it('is smaller than 100 kB packed, and names no other file', () => {
    const page = readFileSync(join(dir, PAGE))
    assert.ok(gzipSync(page, { level: 9 }).length < BYTES_MAX)
    const head = page.toString().split('<style>', 1)[0] ?? ''
    assert.match(head, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/)
    assert.doesNotMatch(head, /\b(?:src|href)=/)
  })
})

describe('on a machine without a network', { skip: NO_BROWSER }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  /** A browser that has lost its network, with the page from the stick. */
  async function opened(work: (page: Page) => Promise<void>, language: 'zh' | 'en' = 'zh'): Promise<void> {
    const { page, context, complaints, hosts } = await visitor(browser, { language })
    await context.setOffline(true)
    await page.goto(pathToFileURL(join(dir, PAGE)).href)
    await work(page)
    assert.deepEqual(complaints, [])
    assert.deepEqual([...hosts], [''])
    await context.close()
  }
  const give = (page: Page, ...names: readonly (keyof typeof files)[]): Promise<void> =>
    page.locator('#files').setInputFiles(names.map(pathOf))
  const verdict = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })
  const states = (page: Page) => page.getByRole('listitem').and(page.locator('[data-step]'))

  it('checks a receipt step by step and says whom the answer trusts', () =>
    opened(async (page) => {
      await give(page, 'receipt')
      await page.getByText(verifyWords['genesis.none'][0]).first().waitFor()
      await give(page, 'genesis')
      await verdict(page, '8 步全部对上').waitFor()
      assert.equal(await states(page).count(), 8)
      const trust = page.getByRole('region', { name: '这个结论信任谁' })
      for (const org of ['SCPX', 'DISP', 'REG', 'GRID']) await trust.getByRole('cell', { name: org }).waitFor()
      await trust.getByText(files.chain).waitFor()
      await give(page, 'checkpoint', 'card')
      await verdict(page, '9 步全部对上').waitFor()
      await trust.getByText('也签过同一状态').waitFor()
    }))

  it('shows where a file breaks that was changed, at each of the eight steps', () =>
    opened(async (page) => {
      await give(page, 'genesis', 'receipt')
      await verdict(page, '成立').waitFor()
      const tries = ['加一个空格', '换一条链', '改业务内容', '改结果', '改裁定', '改应用散列', '换验证人', '改一个签名']
      for (const [at, name] of tries.entries()) {
        await page.getByRole('button', { name }).click()
        await verdict(page, `断在第 ${at + 1} 步`).waitFor()
        assert.equal(await states(page).and(page.locator('[data-state=broken]')).count(), 1, name)
        assert.equal(await states(page).and(page.locator('[data-state=held]')).count(), at, name)
      }
      await page.getByRole('button', { name: '恢复原件' }).click()
      await verdict(page, '8 步全部对上').waitFor()
    }))

  it('points at the byte of a file that was cut, pasted as text', () =>
    opened(async (page) => {
      await give(page, 'genesis')
      await page.getByText('Paste text').click()
      const text = new TextDecoder().decode(files.receipt)
      await page.getByLabel('Text of the file').fill(text.slice(0, -40))
      await page.getByRole('button', { name: 'Check' }).click()
      await verdict(page, 'It breaks at step 1').waitFor()
      await page.getByText(`At byte ${text.length - 40}`, { exact: true }).waitFor()
    }, 'en'))

  it('refuses what is of another chain than the fingerprint one holds', () =>
    opened(async (page) => {
      await give(page, 'genesis', 'receipt')
      await page.getByLabel('从他处得到的指纹').fill('ab'.repeat(32))
      await page.getByRole('button', { name: '比较' }).click()
      await verdict(page, '这是另一条链').waitFor()
      await page.getByLabel('从他处得到的指纹').fill(files.chain.toUpperCase())
      await page.getByRole('button', { name: '比较' }).click()
      await verdict(page, '8 步全部对上').waitFor()
      assert.equal(await page.getByText('与您填入的指纹一致').first().isVisible(), true)
    }))

  it('judges a promise, a row and two histories', () =>
    opened(async (page) => {
      await give(page, 'genesis', 'state')
      await verdict(page, '6 步全部对上').waitFor()
      await give(page, 'promise')
      await verdict(page, '承诺已兑现').waitFor()
      await page.getByText('对上，但归属须另行知道').waitFor()
      await give(page, 'card')
      await page.getByText('对上，但归属须另行知道').waitFor({ state: 'detached' })
      await give(page, 'divergence')
      await verdict(page, '两段历史确都有签名').waitFor()
    }))
})
