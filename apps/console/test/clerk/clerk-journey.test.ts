import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { type Session, type Tally, noticeFields } from '@dujiang/market'
import { formatInstant } from '@dujiang/core/time'
import { type Errand, type Signatory, biddingPlants, members, units } from '@dujiang/testing/province'
import { NO_BROWSER, type Visitor, type VisitorOptions, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { assertAccessible, assertFits, assertTranslated } from '../support/look.ts'
import { signInAs } from '../support/sign-in.ts'

const EXCHANGE = '四川电力交易中心'
const DISPATCHER = '四川电力调度控制中心'
const zhang: Signatory = { org: 'SCPX', person: 'zhang' }
const SESSION = 'JOURNEY-1'
const OTHER = 'JOURNEY-2'
const SEQUENCE = 'JOURNEY'
const RECORDED = 'ELSEWHERE-1'
/** Enough for a clerk at a slow browser; for others it is let pass. */
const WHILE_MS = 900_000
const MWH = 1_000_000

const seller = units.find(({ plant }) => plant === biddingPlants[0]?.id) as (typeof units)[number]
const [buyer, idle] = units.filter(({ side }) => side === 'buy') as [typeof seller, typeof seller]

const typed = (ms: number): string => formatInstant(ms).slice(0, 19).replace(' ', 'T')
const by = ({ org }: { readonly org: string }): Signatory => ({
  org,
  person: members.find((member) => member.org === org)?.people[0] as string,
})

describe('a session from the notice to the bulletin, at the desks of clerks and of the dispatcher', {
  skip: NO_BROWSER,
}, () => {
  let demo: Demo
  let browser: Browser
  const visitors: Visitor[] = []
  let clerk: Page
  let opensMs = 0

  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
    clerk = await person(EXCHANGE, 'zhang', '/desk')
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function person(name: string, who: string, path: string, options?: VisitorOptions): Promise<Page> {
    const each = await visitor(browser, options)
    await demo.time.takeAlong(each.context)
    visitors.push(each)
    await signInAs(each.page, demo.url, name, who, path)
    return each.page
  }

  const rowOf = <T>(key: string, wished: (row: T) => boolean): Promise<unknown> =>
    demo.desk.rowWhen(key, (row) => row !== undefined && wished(row as T))

  it('teaches at an empty desk', async () => {
    await clerk.getByRole('heading', { name: '还没有公告过场次' }).waitFor()
    await clerk.getByRole('link', { name: '发布公告' }).click()
    await clerk.waitForURL('**/desk/announce')
  })

  it('opens a sequence and announces a session from a template, once the rules have nothing against it', async () => {
    await clerk.getByLabel('新序列编号').fill(SEQUENCE)
    await clerk.getByLabel('新序列名称').fill('办理流程测试序列')
    await clerk.getByRole('button', { name: '建立序列' }).click()
    await clerk.getByLabel('新序列编号').waitFor({ state: 'detached' })

    opensMs = demo.time.nowMs() + WHILE_MS
    await clerk.getByLabel('场次编号').fill(SESSION)
    await clerk.getByLabel('申报开始').fill(typed(opensMs))
    await clerk.getByLabel('申报截止（闭市）').fill(typed(opensMs + WHILE_MS))
    await clerk.getByLabel('申报价格上限').fill('9999')
    await clerk.getByText('价格上下限0~9,999元/兆瓦时超出规则SC-2026允许的0~481.44元/兆瓦时').waitFor()
    assert.ok(await clerk.getByRole('button', { name: '签名并公告' }).isDisabled())
    await clerk.getByLabel('申报价格上限').fill('481.44')
    await clerk.getByText('草稿已存于本浏览器').waitFor()
    await clerk.reload()
    await clerk.getByText('已恢复未提交的草稿').waitFor()
    assert.equal(await clerk.getByLabel('场次编号').inputValue(), SESSION)
    await clerk.getByText('试算通过').waitFor()
    await clerk.getByRole('button', { name: '签名并公告' }).click()
    await clerk.getByText(`场次 ${SESSION} 已公告`).waitFor()
  })

  it('invites units with limits from a spreadsheet, and says which lines cannot be used', async () => {
    await clerk.getByRole('link', { name: '邀请单元' }).click()
    await clerk.getByRole('button', { name: '从 Excel 粘贴' }).click()
    const lines = ['单元\t上限', `${seller.unit}\t1,000`, `${buyer.unit}\t1000`, `${idle.unit}\t500`, 'NO-SUCH\t1']
    await clerk.getByLabel('粘贴到此处').fill(lines.join('\n'))
    await clerk.getByText('可用 3 行，不可用 1 行').waitFor()
    await clerk.getByText('没有登记这个单元').waitFor()
    await clerk.getByRole('button', { name: '填入 3 个单元' }).click()
    await clerk.getByRole('button', { name: '签名并邀请 3 个单元' }).click()
    await rowOf<Tally>(`auction/tally/${SESSION}`, ({ invited }) => invited === 3)
    await clerk.getByText('没有待发出的单元').waitFor()
  })

  it('watches who has bid by numbers only, and reminds all alike', async () => {
    await clerk.goto(`${demo.url}/desk/${SESSION}`)
    await demo.time.passUntil(opensMs)
    const order = (unit: typeof seller, yuan: number): Errand => ({
      by: by(unit),
      act: 'auction.order.submit',
      payload: {
        session: SESSION,
        unit: unit.unit,
        side: unit.side,
        periods: [1, 2],
        prices: [[yuan * 100_000, yuan * 100_000]],
        volumesWh: [[100 * MWH, 50 * MWH]],
      },
    })
    await clerk.getByRole('button', { name: '催报' }).click()
    const answers = await demo.desk.send([order(seller, 300), order(buyer, 320)])
    assert.deepEqual(
      answers.map(({ refusal }) => refusal),
      [undefined, undefined],
    )
    const part = clerk.getByRole('region', { name: '申报情况' })
    await part.getByText('已上链').waitFor()
    await part.locator('div', { hasText: /^2已申报单元$/ }).waitFor()
    await part.locator('div', { hasText: /^1尚未申报$/ }).waitFor()
    // In the list of those invited, and nowhere of who has bid.
    await clerk.getByText(seller.unit).first().waitFor()
    assert.equal(await clerk.getByText(seller.unit).count(), 1)
  })

  it('postpones one session and voids it, each by two persons', async () => {
    await announceOther()
    await clerk.goto(`${demo.url}/desk/${OTHER}/change`)
    const later = typed(demo.time.nowMs() + 10 * 86_400_000)
    await clerk.getByLabel('申报截止（闭市）').fill(later)
    await clerk.getByLabel('事由').fill('系统维护')
    await clerk.getByRole('button', { name: '签名并拟定' }).click()
    await clerk.getByText('待批准：延期').waitFor()

    // Who has prepared it may not approve it.
    await clerk.getByText('场次变更由zhang拟定，须由另一人批准').waitFor()
    assert.ok(await clerk.getByRole('button', { name: '签名并批准' }).isDisabled())
    await clerk.getByRole('link', { name: '切换身份' }).click()
    await clerk.getByRole('button', { name: /交易中心（示例） chen$/ }).click()
    await clerk.waitForURL(`**/desk/${OTHER}`)
    await clerk.getByRole('button', { name: '签名并批准' }).click()
    await rowOf<Session>(`auction/session/${OTHER}`, ({ announcedGateMs }) => announcedGateMs !== undefined)
    await clerk.getByRole('heading', { name: '变更记录' }).waitFor()

    await clerk.getByRole('link', { name: '延期或作废' }).click()
    await clerk.getByText('作废', { exact: true }).click()
    await clerk.getByLabel('事由').fill('改期另办')
    await clerk.getByRole('button', { name: '签名并拟定' }).click()
    await clerk.getByText('待批准：作废').waitFor()
    await signInAs(clerk, demo.url, EXCHANGE, 'zhang', `/desk/${OTHER}`)
    await clerk.getByRole('button', { name: '签名并批准' }).click()
    await clerk.getByText('已作废').first().waitFor()
    const row = (await demo.client.row(`auction/session/${OTHER}`)) as unknown as Session
    assert.equal(row.status, 'voided')
  })

  it('shows what was held elsewhere with its differences, negative prices too', async () => {
    await bringRecorded()
    await clerk.goto(`${demo.url}/recorded`)
    const month = clerk.getByRole('table', { name: '逐日逐时段对照' })
    await month.getByRole('row', { name: new RegExp(RECORDED) }).waitFor()
    assert.deepEqual(await month.locator('td').allInnerTexts(), ['=', '≠', '≈', '·'])
    await month.getByRole('link', { name: RECORDED }).click()
    const periods = clerk.getByRole('table', { name: '逐时段差异' })
    await periods.getByRole('row', { name: /^2\b.*400\.00.*310\.00.*\+80\.00/ }).waitFor()
    await periods.getByRole('row', { name: /^3\b.*−45\.00.*−40\.00.*区间内/ }).waitFor()
    await periods.getByRole('row', { name: /^4\b.*仅登记数字/ }).waitFor()
  })

  it('is cleared at the gate and checked by the dispatcher, who names what was seen', async () => {
    await demo.time.passUntil(opensMs + WHILE_MS)
    await rowOf<Session>(`auction/session/${SESSION}`, ({ status }) => status === 'cleared')
    const dispatcher = await person(DISPATCHER, 'liu', '/checks')
    await dispatcher.getByRole('cell', { name: SESSION }).click()
    await dispatcher.getByRole('table', { name: '分时段出清结果' }).getByText('310.00').first().waitFor()
    await dispatcher.getByLabel('校核说明').fill('各断面均在限额内')
    await dispatcher.getByRole('button', { name: '签名：校核通过' }).click()
    await dispatcher.getByText('校核通过').first().waitFor()
    await rowOf<Session>(`auction/session/${SESSION}`, ({ status }) => status === 'checked')
    await dispatcher.getByText('四川电力调度控制中心（示例） liu 校核通过').waitFor()
  })

  it('has its bulletin prepared by one person and approved by another, who publishes it', async () => {
    await clerk.goto(`${demo.url}/bulletins`)
    await clerk.getByRole('cell', { name: SESSION }).click()
    await clerk.getByLabel('公告编号').fill('川电交易〔2026〕测试 1 号')
    await clerk.getByText('草稿已存于本浏览器').waitFor()
    await clerk.reload()
    await clerk.getByText('已恢复未提交的草稿').waitFor()
    assert.match(await clerk.getByLabel('公告编号').inputValue(), /测试 1 号/)
    assert.match(await clerk.getByLabel('公告正文').inputValue(), /成交电量 150兆瓦时，加权均价 310.00元\/兆瓦时/)
    await clerk.getByRole('button', { name: '签名并编制' }).click()

    await clerk.getByText('成交公告由zhang编制，须由另一人批准').waitFor()
    assert.ok(await clerk.getByRole('button', { name: '批准并发布' }).isDisabled())
    await clerk.getByRole('link', { name: '切换身份' }).click()
    await clerk.getByRole('button', { name: /交易中心（示例） chen$/ }).click()
    await clerk.waitForURL(`**/bulletins/${SESSION}`)
    await clerk.getByRole('button', { name: '批准并发布' }).click()
    const sheet = clerk.getByRole('article', { name: '成交公告' })
    await sheet.getByText('chen', { exact: true }).waitFor()
    const row = (await demo.client.row(`auction/session/${SESSION}`)) as unknown as Session
    assert.equal(row.status, 'published')
    // Where the printed code leads: a page that trusts nothing of this one.
    await sheet.getByRole('link', { name: /扫码验证/ }).click()
    await clerk.waitForURL('**/verify#id=*')
    await clerk.getByText('成立', { exact: true }).waitFor()
  })

  it('is accessible, whole in both languages and fits a phone, in those states that no picture is made of', async () => {
    // Each with what shows that it is whole.
    const pages = [
      ['/desk/announce', '.sheet .facts'],
      [`/desk/${SESSION}`, '.dense tbody tr'],
      [`/desk/${OTHER}/change`, 'textarea'],
    ] as const
    const english = await person(EXCHANGE, 'chen', '/desk', { language: 'en' })
    const phone = await person(EXCHANGE, 'chen', '/desk', { width: 'phone' })
    for (const [path, whole] of pages) {
      for (const page of [clerk, english, phone]) {
        await page.goto(demo.url + path)
        await page.locator(whole).first().waitFor()
        if (page === phone) await assertFits(page, path)
        else {
          await assertTranslated(page, path)
          await assertAccessible(page, path)
        }
      }
    }
  })

  it('has asked nobody but its node, and broken no rule of its policy', () => {
    const host = new URL(demo.url).host
    for (const { hosts, complaints } of visitors) {
      assert.deepEqual([...hosts], [host])
      assert.deepEqual(complaints, [])
    }
  })

  /** A session held elsewhere, of four periods: as published, published otherwise, inside the interval, and without a book. */
  async function bringRecorded(): Promise<void> {
    const limits = { priceFloor: -10_000_000, priceCap: 100_000_000, lotWh: MWH, tick: 1_000 }
    const rules = { priceRule: 'last_pair_mid', tieRule: 'pro_rata' }
    const opened = { name: '别处一场', source: '测试', currency: 'EUR', periods: 4, ...limits, ...rules }
    const book = (period: number, supplyAt: number, demandAt: number, price: number): Errand => {
      const side = (at: number) => ({ prices: [at * 100_000], volumesWh: [MWH], inelasticWh: 0 })
      const published = { price: price * 100_000, volumeWh: MWH }
      const payload = {
        session: RECORDED,
        period,
        supply: side(supplyAt),
        demand: side(demandAt),
        published,
        remark: '',
      }
      return { by: zhang, act: 'recorded.book.bring', payload }
    }
    const answers = await demo.desk.send([
      { by: zhang, act: 'recorded.session.open', payload: { session: RECORDED, ...opened } },
      book(1, 300, 320, 310),
      book(2, 300, 320, 400),
      book(3, -50, -30, -45),
      {
        by: zhang,
        act: 'recorded.volume.state',
        payload: { session: RECORDED, period: 4, published: { volumeWh: MWH }, remark: '' },
      },
    ])
    assert.deepEqual(
      answers.map(({ refusal }) => refusal?.name),
      answers.map(() => undefined),
    )
  }

  /** Another session, far ahead, by the same clerk without a browser. */
  async function announceOther(): Promise<void> {
    const row = (await demo.client.row(`auction/session/${SESSION}`)) as unknown as Session
    const notice = Object.fromEntries(Object.entries(row).filter(([name]) => name in noticeFields))
    const nowMs = demo.time.nowMs()
    const later = { opensMs: nowMs + 3 * 86_400_000, gateMs: nowMs + 4 * 86_400_000 }
    const payload = { ...notice, ...later, session: OTHER }
    const [answer] = await demo.desk.send([{ by: zhang, act: 'auction.session.announce', payload }])
    assert.equal(answer?.refusal, undefined)
  }
})
