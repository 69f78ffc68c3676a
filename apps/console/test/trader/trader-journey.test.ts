import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { UnitBook } from '@dujiang/market'
import { NO_BROWSER, type Visitor, type VisitorOptions, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { assertAccessible, assertFits, assertTranslated } from '../support/look.ts'
import { signInAs } from '../support/sign-in.ts'
import { NOW, PAST, YUAN, clerk, holdAuctions, rival, trader, viewedBy } from './auctions.ts'

const TRADER = '大渡河流域水电'
const RIVAL = '华电四川发电'

/** Of the order that is being made: an act of another form may still be on its way beside it. */
const PROVABLE = '.order-side .progress li[aria-current="step"]'

describe('a trader bids, replaces, is cleared and sees the proof', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  let page: Page
  const visitors: Visitor[] = []
  let nowGateMs = 0
  let orderId = ''

  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
    nowGateMs = await holdAuctions(demo)
    page = await person(TRADER, '/sessions')
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function person(name: string, path: string, options?: VisitorOptions): Promise<Page> {
    const each = await visitor(browser, options)
    await demo.time.takeAlong(each.context)
    visitors.push(each)
    await signInAs(each.page, demo.url, name, 'bidder', path)
    return each.page
  }

  const book = async (): Promise<UnitBook['orders']> => {
    const row = await viewedBy(demo, trader).row(`auction/book/${NOW}/${trader.unit}`)
    return (row as UnitBook | undefined)?.orders ?? []
  }
  const cell = (name: string) => page.getByRole('grid', { name: '申报阶梯' }).getByRole('textbox', { name })
  const provable = (where: Page): Promise<void> => where.locator(PROVABLE).filter({ hasText: '可证明' }).waitFor()

  it('sees the sessions that take orders, with their gate, limits, what is still to do, and the reminder to do it', async () => {
    const board = page.getByRole('region', { name: NOW })
    await board.getByText(/距闭市 00:\d\d:\d\d/).waitFor()
    await board.getByText('0.00 – 481.44').waitFor()
    await board.getByText('本单位 0/1 个单元已申报').waitFor()
    await board.getByText('1 / 3').waitFor()
    await demo.desk.send([{ by: clerk, act: 'auction.session.remind', payload: { session: NOW } }])
    await board.getByText('交易中心催报').waitFor()
    assert.match(
      (await board.getByRole('link', { name: '去申报' }).getAttribute('href')) ?? '',
      new RegExp(trader.unit),
    )
    await board.getByRole('link', { name: '申报', exact: true }).click()
    await page.waitForURL(`**/sessions/${NOW}/bid`)
  })

  it('copies the last session of the product, pastes from a spreadsheet, and is told of each bad cell', async () => {
    await page.getByRole('button', { name: '复制上一场申报' }).click()
    assert.equal(await cell('00:00-01:00 第1段 价格').inputValue(), '300')
    assert.equal(await cell('00:00-01:00 第2段 电量').inputValue(), '100')
    await page.getByRole('button', { name: '清空' }).click()

    await page.getByRole('button', { name: '粘贴 Excel' }).click()
    const dialog = page.getByRole('dialog')
    const lines = ['时段\t价格\t电量', '00:00-01:00\t310\t60', '01:00-02:00\t900\t60', '02:00-03:00\t310\t1,200']
    await dialog.getByRole('textbox', { name: '粘贴到此处' }).fill(lines.join('\n'))
    await dialog.getByRole('button', { name: '粘贴预览' }).click()
    await dialog.getByText('可用 4 格，须改 2 格').waitFor()
    await dialog.getByText('略去表头 1 行').waitFor()
    await dialog.getByRole('button', { name: '填入阶梯' }).click()

    const problems = page.locator('.problems')
    await problems.getByText('时段01:00-02:00第1段价格900元/兆瓦时高于上限481.44元/兆瓦时').waitFor()
    await problems.getByText('时段02:00-03:00申报1,200兆瓦时超过申报上限1,000兆瓦时').waitFor()
    assert.equal(await cell('01:00-02:00 第1段 价格').getAttribute('aria-invalid'), 'true')
    assert.ok(await page.getByRole('button', { name: '签名并提交' }).isDisabled())
  })

  it('moves with the keys of a spreadsheet, corrects, and sees the room that is left', async () => {
    const isAt = (name: string): Promise<void> => cell(name).and(page.locator(':focus')).waitFor()
    const price = cell('01:00-02:00 第1段 价格')
    await price.fill('310')
    await price.press('Enter')
    await isAt('02:00-03:00 第1段 价格')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type('60')
    // One stop of Tab, wherever one stands; Home and End lead on where the text ends.
    await page.keyboard.press('Tab')
    assert.equal(await page.locator('table input:focus').count(), 0)
    await page.keyboard.press('Shift+Tab')
    await isAt('02:00-03:00 第1段 电量')
    await page.keyboard.press('Home')
    await isAt('02:00-03:00 第1段 价格')
    await page.keyboard.press('Control+End')
    await isAt('23:00-24:00 第3段 电量')
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '02:00-03:00' }) })
    await row.getByText('940', { exact: true }).waitFor()
    await page.getByText('试算通过').waitFor()
  })

  it('signs in the browser and follows the order to its proof', async () => {
    await page.getByRole('button', { name: '签名并提交' }).click()
    await provable(page)
    const [order] = await book()
    assert.deepEqual(order?.prices, [[310 * YUAN, 310 * YUAN, 310 * YUAN]])
    orderId = order?.id as string
    const genesis = await demo.client.genesis()
    const proof = (await viewedBy(demo, trader).proof(orderId)) as Uint8Array
    assert.equal(demo.client.verify(proof, genesis, nodeCrypto).ok, true)
  })

  it('replaces what it has just sent, and another order from the list, each in its place', async () => {
    await cell('00:00-01:00 第1段 价格').fill('305')
    await page.getByRole('button', { name: '签名并修改' }).click()
    await provable(page)
    assert.equal((await book())[0]?.prices[0]?.[0], 305 * YUAN)

    await page.goto(`${demo.url}/sessions/${NOW}`)
    await page.getByRole('link', { name: '修改' }).click()
    await page.getByText('正在修改申报').waitFor()
    await cell('00:00-01:00 第1段 价格').fill('300')
    await page.getByRole('button', { name: '签名并修改' }).click()
    await provable(page)
    const live = await book()
    assert.deepEqual([live.length, live[0]?.prices[0]?.[0]], [1, 300 * YUAN])
    orderId = live[0]?.id as string
  })

  it('is the only one who sees its order before the gate', async () => {
    const other = await person(RIVAL, `/sessions/${NOW}`)
    await other.getByText('本单位在此场次没有有效申报').waitFor()
    await other.getByRole('main').getByText('已申报/应申报 2 / 3').waitFor()
    await other.goto(`${demo.url}/orders/${orderId}`)
    await other.getByRole('heading', { name: '没有可以出示的回执' }).waitFor()
    await other.goto(`${demo.url}/sessions/${NOW}/bid?unit=${trader.unit}`)
    // The unit in the address is not its own: it is offered its own.
    await other.getByRole('main').getByText(rival.unit).waitFor()
  })

  it('prints a receipt that leads to the verifier', async () => {
    await page.goto(`${demo.url}/orders/${orderId}`)
    await page.getByText('可证明', { exact: true }).waitFor()
    await page.getByRole('img', { name: '扫码验证此回执' }).waitFor()
    const table = page.getByRole('table', { name: '申报内容' })
    await table.getByText('300.00').waitFor()
    await assertAccessible(page, 'the receipt')
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.getByText(orderId).isVisible())
    assert.ok(!(await page.getByRole('button', { name: '打印' }).isVisible()))
    await page.emulateMedia({ media: 'screen' })
  })

  it('reads what a past session gave it, and why, and what another price would have', async () => {
    await page.goto(`${demo.url}/results/${PAST}`)
    const trades = page.getByRole('table', { name: '我的成交明细 sell' })
    await trades.getByRole('row').filter({ hasText: '00:00-01:00' }).getByText('133').waitFor()
    await trades.getByText('44,555.00').first().waitFor()
    await trades.getByRole('row').filter({ hasText: '00:00-01:00' }).click()
    await page.getByText('本浏览器已重新出清此时段，与账本一致').waitFor()
    await page.getByText('100 × 50 ÷ 150 = 33 余 50，先得 33 份').waitFor()
    await page.getByText('取整后余 1 份').filter({ hasText: '不加' }).waitFor()
    const figure = page.getByRole('img', { name: '供需曲线' })
    await figure.locator('canvas').waitFor()

    const steps = page.getByRole('grid', { name: '假如改报' })
    await steps.getByRole('textbox', { name: '价格' }).nth(1).fill('310')
    const outcome = page.locator('.whatif .dense')
    await outcome.getByText('330.00').waitFor()
    await outcome.getByText('+17', { exact: true }).waitFor()
    await assertAccessible(page, 'one period')
  })

  it('cancels with a signature, and bids anew', async () => {
    await page.goto(`${demo.url}/sessions/${NOW}`)
    await page.getByRole('button', { name: '撤回' }).click()
    await page.getByRole('button', { name: '签名并撤回' }).click()
    await page.getByText('本单位在此场次没有有效申报').waitFor()
    assert.deepEqual(await book(), [])
    await page.getByRole('link', { name: `申报 ${trader.name}` }).click()
    await page.getByRole('button', { name: '复制上一场申报' }).click()
    await page.getByText('试算通过').waitFor()
    await page.getByRole('button', { name: '签名并提交' }).click()
    await provable(page)
    await page.goto(`${demo.url}/orders`)
    const rows = page.getByRole('table', { name: '我的申报' }).getByRole('row').filter({ hasText: NOW })
    // The list follows the ledger, and has each act a moment after it.
    for (const [at, state] of ['有效', '已撤回', '已被修改', '已被修改'].entries())
      await rows.nth(at).filter({ hasText: state }).waitFor()
    assert.equal(await rows.count(), 4)
  })

  it('is right with an order to be made and a result still to be checked, of which no picture is made', async () => {
    const paths = [
      [`/sessions/${NOW}/bid`, 'grid'],
      [`/results/${PAST}`, 'table'],
    ] as const
    for (const [language, width] of [
      ['zh', 'phone'],
      ['en', 'desk'],
    ] as const) {
      const each = await person(TRADER, '/sessions', { language, width })
      for (const [path, role] of paths) {
        await each.goto(demo.url + path)
        await each.getByRole('main').getByRole(role).first().waitFor()
        await assertFits(each, `${path} ${language} ${width}`)
        if (language === 'en') await assertTranslated(each, path)
        await assertAccessible(each, `${path} ${language} ${width}`)
      }
    }
  })

  it('is cleared at the gate, and sees the result come', async () => {
    await page.goto(`${demo.url}/sessions/${NOW}`)
    await page.getByText(/距闭市/).waitFor()
    await demo.time.passUntil(nowGateMs)
    await page.getByRole('button', { name: '查看结果' }).click()
    await page.getByText('无约束出清结果，待安全校核').waitFor()
    const trades = page.getByRole('table', { name: '我的成交明细 sell' })
    await trades.getByRole('row').filter({ hasText: '00:00-01:00' }).getByText('150').waitFor()
  })

  it('has met nothing that the policy refuses, and no failure', () => {
    assert.deepEqual(
      visitors.flatMap(({ complaints }) => complaints).filter((complaint) => !complaint.includes('404')),
      [],
    )
  })
})
