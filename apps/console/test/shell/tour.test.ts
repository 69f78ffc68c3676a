import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Session, type Tally, noticeFields } from '@dujiang/market'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

describe('the guided tours', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function begin(tour: string): Promise<Page> {
    const { page, context } = await visitor(browser)
    await demo.time.takeAlong(context)
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
    await demo.time.passUntil((await newest(demo)).opensMs)
    await step(page, '提交一笔申报', 'act')
    await page.getByRole('button', { name: '打开此页' }).click()
    await page.waitForURL('**/ledger/receipts/*')
    await page.getByRole('button', { name: '逐步核对' }).click()
    await page.getByText('8 步全部对上').waitFor()
    await step(page, '从提交到可证明', 'wait', '结束引导')
    await page.getByRole('complementary', { name: '引导' }).waitFor({ state: 'detached' })
    const orders = await receiptsOf(demo, 'auction.order.submit')
    assert.equal(orders, 1)
  })

  it('leads a clerk from the notice to the published bulletin, by real acts of several people', async () => {
    const page = await begin('办一场集中竞价')
    await step(page, '选一个身份', 'act')
    await step(page, '公告一个场次', 'act')
    const { session, opensMs, gateMs } = await newest(demo)
    await page.reload()
    await demo.time.passUntil(opensMs)
    await step(page, '等市场成员申报', 'act')
    await tallyWhen(demo, session, ({ invited, submitted }) => submitted === invited)
    await demo.time.passUntil(gateMs)
    await step(page, '到点自动闭市', 'wait')
    await step(page, '调度安全校核', 'act')
    await step(page, '两个人发布成交公告', 'act', '结束引导')
    const [published] = await sessions(demo, 'published')
    assert.ok(published !== undefined)
  })

  it('offers another session to whoever has read until the gate came, and goes on with that', async () => {
    const missed = await announceMissed(demo)
    const page = await begin('办一场集中竞价')
    await step(page, '选一个身份', 'act')
    // As it stands after a tab has been left open: announced, and nobody has bid.
    const state = { name: 'clerk', step: 2, begunMs: demo.time.nowMs(), session: missed }
    await page.evaluate((text) => sessionStorage.setItem('dujiang/tour', text), JSON.stringify(state))
    await page.reload()
    const panel = page.getByRole('complementary', { name: '引导' })
    await panel.getByRole('alert').filter({ hasText: '这一场已闭市' }).waitFor()
    assert.equal(await panel.getByRole('button', { name: '替我做' }).count(), 0)
    await panel.getByRole('button', { name: '另公告一场' }).click()
    await panel.getByRole('button', { name: '替我做' }).waitFor()
    await demo.time.passUntil((await newest(demo)).opensMs)
    await step(page, '等市场成员申报', 'act')
  })

  it('goes by what it has looked at last, however late an older answer comes', async () => {
    // Nothing is open any more that a trader could find.
    await demo.time.passUntil(demo.time.nowMs() + HOUR_MS)
    const page = await begin('交易员的一天')
    let give: () => void = () => {}
    const given = new Promise<void>((resolve) => (give = resolve))
    let isHeld = false
    await page.route(/\/v1\/state\/auction\/session\?/, async (route) => {
      // The page itself looks as somebody, a tour as anybody.
      if (isHeld || route.request().headers()['authorization'] !== undefined) return route.continue()
      isHeld = true
      const response = await route.fetch()
      await given
      await route.fulfill({ response })
    })
    await step(page, '选一个身份', 'act')
    const panel = page.getByRole('complementary', { name: '引导' })
    await panel.getByRole('button', { name: '替我做' }).click()
    await panel.getByText('已完成').waitFor()
    assert.ok(isHeld)
    give()
    await page.unrouteAll({ behavior: 'wait' })
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    await step(page, '找一个可申报的场次', 'wait')
  })
})

/** A session like those of the tours whose gate has come without an order. */
async function announceMissed(demo: Demo): Promise<string> {
  const like = (await demo.client.row(
    `auction/session/${(await sessions(demo, 'published'))[0]}`,
  )) as unknown as Session
  const notice = Object.fromEntries(Object.entries(like).filter(([name]) => name in noticeFields))
  const session = 'MISSED-1'
  const opensMs = demo.time.nowMs() + MINUTE_MS
  const gateMs = opensMs + MINUTE_MS
  const payload = { ...notice, session, opensMs, gateMs }
  const [answer] = await demo.desk.send([
    { by: { org: 'SCPX', person: 'zhang' }, act: 'auction.session.announce', payload },
  ])
  assert.equal(answer?.refusal, undefined)
  await demo.time.passUntil(gateMs)
  await demo.desk.rowWhen(`auction/session/${session}`, (row) => (row as unknown as Session).status === 'cleared')
  return session
}

async function receiptsOf(demo: Demo, act: string): Promise<number> {
  let count = 0
  for await (const listed of demo.client.receipts()) {
    // An order of an open book is withheld from the public: it is seen that there is one.
    if ('withheld' in listed || (listed.receipt.act === act && listed.receipt.code === 0)) count++
  }
  return count
}

/** The newest of the sessions that take orders, once its units are invited. */
async function newest(demo: Demo): Promise<Pick<Session, 'opensMs' | 'gateMs'> & { readonly session: string }> {
  const all = (await sessions(demo, 'announced')).map(async (session) => {
    const { opensMs, gateMs } = (await demo.client.row(`auction/session/${session}`)) as unknown as Session
    return { session, opensMs, gateMs }
  })
  const [last] = (await Promise.all(all)).toSorted((a, b) => b.opensMs - a.opensMs)
  assert.ok(last !== undefined)
  await tallyWhen(demo, last.session, ({ invited }) => invited > 0)
  return last
}

const tallyWhen = (demo: Demo, session: string, wished: (tally: Tally) => boolean): Promise<unknown> =>
  demo.desk.rowWhen(`auction/tally/${session}`, (row) => row !== undefined && wished(row as unknown as Tally))

async function sessions(demo: Demo, status: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { key, value } of demo.client.rows('auction/session')) {
    if ((value as { readonly status?: string }).status === status) found.push(key)
  }
  return found
}
