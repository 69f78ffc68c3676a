import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'

describe('the guided tours', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  before(async () => {
    ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function begin(tour: string): Promise<Page> {
    const { page } = await visitor(browser)
    await page.goto(`${demo.url}/learn`)
    const part = page.locator('.tours > div').filter({ hasText: tour })
    await part.getByRole('button', { name: /^开始/ }).click()
    return page
  }

  /** Lets the tour do a step, and goes on once the ledger shows that it is done. */
  async function step(
    page: Page,
    title: string,
    how: 'act' | 'wait',
    next: '下一步' | '结束引导' = '下一步',
  ): Promise<void> {
    const panel = page.getByRole('complementary', { name: '引导' })
    await panel.getByRole('heading', { name: title }).waitFor()
    const done = panel.getByText('已完成')
    if (how === 'act') await panel.getByRole('button', { name: '替我做' }).click()
    await done.or(panel.getByRole('alert')).waitFor()
    assert.equal(
      await panel
        .getByRole('alert')
        .allInnerTexts()
        .then((texts) => texts.join()),
      '',
      title,
    )
    await panel.locator('footer').getByRole('button', { name: next }).click()
  }

  it('leads a trader from an identity to a receipt that can be proved, by real acts', async () => {
    const page = await begin('交易员的一天')
    await step(page, '选一个身份', 'act')
    await step(page, '找一个可申报的场次', 'act')
    await page.reload()
    await step(page, '提交一笔申报', 'act')
    await step(page, '从提交到可证明', 'wait', '结束引导')
    await page.getByRole('complementary', { name: '引导' }).waitFor({ state: 'detached' })
    const orders = await receiptsOf(demo, 'auction.order.submit')
    assert.equal(orders, 1)
  })

  it('leads a clerk from the notice to the published bulletin, by real acts of several people', async () => {
    const page = await begin('办一场集中竞价')
    await step(page, '选一个身份', 'act')
    await step(page, '公告一个场次', 'act')
    await page.reload()
    await step(page, '等市场成员申报', 'act')
    await step(page, '到点自动闭市', 'wait')
    await step(page, '调度安全校核', 'act')
    await step(page, '两个人发布成交公告', 'act', '结束引导')
    const [published] = await sessions(demo, 'published')
    assert.ok(published !== undefined)
  })
})

async function receiptsOf(demo: Demo, act: string): Promise<number> {
  let count = 0
  for await (const listed of demo.client.receipts()) {
    // An order of an open book is withheld from the public: it is seen that there is one.
    if ('withheld' in listed || (listed.receipt.act === act && listed.receipt.code === 0)) count++
  }
  return count
}

async function sessions(demo: Demo, status: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { key, value } of demo.client.rows('auction/session')) {
    if ((value as { readonly status?: string }).status === status) found.push(key)
  }
  return found
}
