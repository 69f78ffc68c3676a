import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { NO_BROWSER, type Visitor, type VisitorOptions, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { assertFits } from '../support/look.ts'

const BANNER = '演示链：节点运营方可见申报内容，请勿录入真实报价'

describe('the frame of the console', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  const visitors: Visitor[] = []
  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function visit(path: string, options?: VisitorOptions): Promise<Page> {
    const each = await visitor(browser, options)
    visitors.push(each)
    await each.page.goto(demo.url + path)
    await each.page.getByRole('main').waitFor()
    return each.page
  }

  async function signIn(page: Page, name: string, person?: string): Promise<void> {
    await page.goto(`${demo.url}/identity`)
    const pressed = page.getByRole('button', {
      name: new RegExp(`^${name}(（示例）)?${person ? `\\s+${person}` : ''}$`),
    })
    await pressed.click()
    await page.waitForURL('**/sessions')
  }

  /** Keys right after each other, as the page hears them: from here the second may come too late. */
  const pressed = (page: Page, ...keys: readonly string[]): Promise<void> =>
    page.evaluate((all) => {
      for (const key of all) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    }, keys)

  it('says on every page that it is a demo', async () => {
    const page = await visit('/')
    for (const path of [
      '/orders',
      '/results',
      '/desk',
      '/bulletins',
      '/checks',
      '/ledger',
      '/learn',
      '/settings',
      '/nowhere',
      '/sessions',
    ]) {
      await page.goto(demo.url + path)
      await page.getByRole('note').filter({ hasText: BANNER }).waitFor()
    }
  })

  it('signs in as a person of each role by one press, stays so over a reload, and offers what the role does', async () => {
    const page = await visit('/sessions')
    const rail = page.getByRole('navigation', { name: '主导航' })
    const roles = [
      { name: '四川电力交易中心', person: 'zhang', sees: '场次台', lacks: '安全校核' },
      { name: '四川电力调度控制中心', sees: '安全校核', lacks: '场次台' },
      { name: '四川能源监管办', sees: '账本', lacks: '场次台' },
      { name: '国网四川省电力公司', sees: '账本', lacks: '安全校核' },
      { name: '大渡河流域水电', sees: '我的申报', lacks: '场次台' },
      { name: '蜀源售电', sees: '我的申报', lacks: '安全校核' },
      { name: '广元铝业', sees: '我的申报', lacks: '场次台' },
    ]
    for (const { name, person, sees, lacks } of roles) {
      await signIn(page, name, person)
      await page.getByRole('banner').getByRole('button', { name }).waitFor()
      await rail.getByRole('link', { name: lacks }).waitFor({ state: 'detached' })
      await rail.getByRole('link', { name: sees }).waitFor()
    }
    await page.reload()
    await page.getByRole('banner').getByRole('button', { name: '广元铝业' }).waitFor()
    await page.getByRole('banner').getByRole('button', { name: '广元铝业' }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  })

  it('keeps a role out of the pages of another, with a reason and a remedy', async () => {
    const page = await visit('/sessions')
    await signIn(page, '大渡河流域水电')
    for (const [path, reason] of [
      ['/desk', '仅限交易中心'],
      ['/bulletins', '仅限交易中心'],
      ['/checks', '仅限调度机构'],
    ] as const) {
      await page.goto(demo.url + path)
      await page.getByRole('heading', { name: reason }).waitFor()
      await page.getByText('DADUHE 没有此角色').waitFor()
    }
    const stranger = await visit('/orders')
    await stranger.getByRole('heading', { name: '请先登录' }).waitFor()
  })

  it('switches language and units everywhere, and remembers both', async () => {
    const page = await visit('/settings')
    await page.getByRole('banner').getByText('EN', { exact: true }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.locator('html[lang="en"]').waitFor()
    await page.getByRole('banner').getByText('10⁴ kWh', { exact: true }).click()
    // The switch answers at once; what was chosen is kept a paint later.
    await page.waitForFunction(() => localStorage.getItem('dujiang/preferences')?.includes('万千瓦时'))
    await page.reload()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    assert.ok(await page.getByRole('banner').getByRole('radio', { name: '10⁴ kWh' }).isChecked())
    await page.getByRole('note').filter({ hasText: BANNER }).filter({ hasText: 'Demo chain' }).waitFor()
  })

  it('follows the ledger: what others do shows without a reload', async () => {
    const page = await visit('/sessions')
    const chain = page.getByRole('status').filter({ hasText: /高度\s*\d+/ })
    const before = /高度\s*(\d+)/.exec(await chain.innerText())?.[1]
    await demo.desk.send([
      {
        by: { org: 'SCPX', person: 'zhang' },
        act: 'auction.sequence.open',
        payload: { sequence: 'FOLLOWED', name: '另一浏览器所见' },
      },
    ])
    await chain.filter({ hasText: new RegExp(`高度\\s*(?!${before}\\b)\\d+`) }).waitFor()
  })

  it('is gone through by keyboard: the skip link, the rail, g and a letter', async () => {
    const page = await visit('/sessions')
    await page.getByRole('link', { name: '场次', exact: true }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.textContent'), '跳到正文')
    await page.keyboard.press('Enter')
    await page.locator('#main:focus').waitFor()
    await pressed(page, 'g', 'l')
    await page.waitForURL('**/ledger')
    await pressed(page, 'g', 's')
    await page.waitForURL('**/sessions')
  })

  it('fits a phone before anybody has signed in, and is gone through by the bar at its foot', async () => {
    const page = await visit('/sessions', { width: 'phone' })
    await page.locator('.banner').waitFor()
    await assertFits(page, '/sessions')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '结果' }).click()
    await page.waitForURL('**/results')
  })

  it('has asked nobody but its node, and broken no rule of its policy', () => {
    const host = new URL(demo.url).host
    for (const { hosts, complaints } of visitors) {
      assert.deepEqual([...hosts], [host])
      assert.deepEqual(complaints, [])
    }
  })
})
