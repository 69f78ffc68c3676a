import type { Locator, Page } from 'playwright-core'
import { CpuMeter, type Frames, type Measured, heapMegabytes, measure, scrollFrames } from './gauge.ts'

/** Where, and what is there. */
export interface Facts {
  readonly url: string
  readonly receipts: number
  readonly viewer: string
  /** Sessions: one that takes orders, one with 12,000 steps in a period, the last with 24 periods. */
  readonly open: string
  readonly deep: string
  readonly last: string
}

export interface Seen {
  readonly name: string
  readonly paintMs?: number
  readonly dataMs?: number
  readonly cpuMs?: number
  readonly frameMs?: Frames
  readonly megabytes?: number
  readonly note?: string
}

const PERIODS = 24
const STEPS = 5
/** So fast a person types. */
const KEY_MS = 90
const NEWEST = 6
/** A list of which no more is known than that it has a further page has one row more than this. */
const PAGE_ROWS = 200
const SCROLL_PX = 60
const SCROLL_FRAMES = 120
const TABLE = '.page .dense tbody tr[data-row]'
const FRAME = '.page .dense'
/** Asked in every frame: of texts, and not of how they are laid out, which would be reckoned among what the page does. */
const shows = (text: string): string => `document.querySelector('main').textContent.includes('${text}')`
const has = (selector: string): string => `document.querySelector(\`${selector}\`) !== null`
/** Rows of this table are on the screen, and none that is still to be read. */
const read = (table: string): string =>
  `${has(`table[aria-label="${table}"]:not([aria-busy="true"]) tr[data-row]`)} && !${has('.dense [data-unread="true"]')}`

/** What a trader and an auditor do, one thing after another. */
export class Visit {
  readonly #page: Page
  readonly #facts: Facts
  readonly #say: (seen: Seen) => void
  #cpu!: CpuMeter

  constructor(page: Page, facts: Facts, say: (seen: Seen) => void) {
    this.#page = page
    this.#facts = facts
    this.#say = say
  }

  async run(): Promise<void> {
    this.#cpu = await CpuMeter.of(this.#page)
    await this.#bid()
    await this.#result()
    await this.#orders()
    await this.#receipts()
    await this.#blocks()
  }

  async #bid(): Promise<void> {
    const { open } = this.#facts
    const page = this.#page
    const board = page.getByRole('region', { name: open })
    await board.getByRole('link', { name: 'bench' }).waitFor()
    await this.#do(
      'session.open',
      board.getByRole('link', { name: 'bench' }),
      `document.querySelector('h1')?.textContent === 'bench'`,
    )
    await page.getByRole('link', { name: '申报', exact: false }).first().waitFor()
    const toLadder = page.locator(`a[href*="/${open}/bid"]`).first()
    await this.#do('ladder.open', toLadder, has('.order input[data-cell="0-0"]'))
    await page.evaluate((text) => navigator.clipboard.writeText(text), ladderText())
    await page.locator('input[data-cell="0-0"]').focus()
    await this.#do(
      'ladder.paste',
      () => page.keyboard.press('Control+V'),
      has('.paste-ladder [data-cell="23-9"]'),
      `${PERIODS * STEPS * 2} cells, into the preview`,
    )
    const take = page.getByRole('button', { name: '填入阶梯' })
    await this.#do('ladder.take', take, `document.querySelector('.order-body input[data-cell="23-9"]').value !== ''`)
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.locator('.order-body input[data-cell="5-0"]').focus()
    await page.keyboard.press('End')
    await this.#do('ladder.type', () => this.#type('.51'), undefined, 'the worst of the keys')
    await this.#do('ladder.move', () => this.#press('Enter', 6), undefined, 'from cell to cell, the worst')
    await this.#language('ladder.language', (zh) => has(`table[aria-label="${zh ? '申报阶梯' : 'Order ladder'}"]`))
  }

  async #result(): Promise<void> {
    const { url, deep, last } = this.#facts
    const page = this.#page
    const rail = page.getByRole('navigation', { name: '主导航' })
    await this.#do('results.open', rail.getByRole('link', { name: '结果' }), read('结果'))
    const row = page.getByRole('row').filter({ hasText: last })
    await this.#do('result.open', row, `${has('.result-head canvas')} && ${has('.trades')}`)
    await page.goto(`${url}/results/${deep}?view=one&period=1`)
    await page.locator('.period-detail canvas').waitFor()
    const heading = '本浏览器已重新出清此时段'
    await page.getByText(heading).waitFor()
    const next = page.getByRole('button', { name: '后一时段' })
    const switched = `document.querySelector('.period-choice').innerText.includes('2') && ${shows(heading)} && !${has('[aria-busy="true"] > .period-detail')}`
    await this.#do('period.switch', next, switched, '12,000 steps, cleared at a negative price')
    await this.#do('period.zoom', () => this.#wheelOnCurve(), undefined, 'the curve of 12,000 steps')
  }

  async #orders(): Promise<void> {
    const page = this.#page
    const rail = page.getByRole('navigation', { name: '主导航' })
    await this.#do('orders.open', rail.getByRole('link', { name: '我的申报' }), read('我的申报'))
    await this.#farEnd('orders', '我的申报')
  }

  async #receipts(): Promise<void> {
    const page = this.#page
    const rail = page.getByRole('navigation', { name: '主导航' })
    await this.#do('receipts.open', rail.getByRole('link', { name: '账本' }), read('业务'))
    const before = await this.#cpu.ms()
    const frames = await scrollFrames(page, FRAME, SCROLL_PX, SCROLL_FRAMES)
    const cpuMs = ((await this.#cpu.ms()) - before) / SCROLL_FRAMES
    this.#say({ name: 'receipts.scroll', frameMs: frames, cpuMs, note: 'two rows a frame' })
    await this.#farEnd('receipts', '业务')
    const megabytes = await heapMegabytes(page)
    this.#say({ name: 'receipts.heap', megabytes, note: 'of the page, after the far end' })
    await this.#do(
      'receipts.filter',
      page.getByText('接受', { exact: true }).first(),
      `location.search.includes('outcome=accepted') && ${read('业务')}`,
    )
    await page.locator(TABLE).nth(3).waitFor()
    const id = await page.locator(`${TABLE} .mono`).last().innerText()
    const search = page.getByLabel('查找')
    await search.focus()
    await this.#do('search.type', () => this.#type(id), undefined, 'the worst of the keys')
    await this.#do('search.find', () => page.keyboard.press('Enter'), `${shows(`编号 ${id}`)} && ${read('业务')}`)
    const row = page.locator(TABLE).first()
    await this.#do('receipt.open', row, `location.pathname.includes('${id}') && ${has('.facts')}`)
    await page.goBack()
    await this.#language(
      'ledger.language',
      (zh) => `document.querySelector('h1').textContent === '${zh ? '账本' : 'Ledger'}'`,
    )
  }

  async #blocks(): Promise<void> {
    const page = this.#page
    const tabs = page.getByRole('navigation', { name: '账本各页' })
    await this.#do('blocks.open', tabs.getByRole('link', { name: '区块' }), read('区块'))
    await this.#farEnd('blocks', '区块')
    // The newest blocks are of a session that is open: others' orders are not shown.
    const row = page.locator(TABLE).nth(await this.#largestBlock())
    await this.#do('block.open', row, `location.pathname.startsWith('/ledger/blocks/') && ${read('本区块的业务')}`)
  }

  /** To the last row by the scrollbar, and back to the newest. */
  async #farEnd(what: string, table: string): Promise<void> {
    const page = this.#page
    await page.evaluate(
      `gauge.until(() => document.querySelector('${FRAME} table').getAttribute('aria-rowcount') > ${PAGE_ROWS + 2})`,
    )
    const rows = await page.locator(`${FRAME} table`).first().getAttribute('aria-rowcount')
    const count = Number(rows) - 1
    const [startedMs, paintedMs] = await page.evaluate<[number, number]>(
      `gauge.jump(document.querySelector('${FRAME}'))`,
    )
    const end = `${has(`.dense tr[data-row="${count - 1}"]`)} && ${read(table)}`
    const shownMs = await page.evaluate<number>(`gauge.until(() => ${end})`)
    this.#say({
      name: `${what}.farEnd`,
      paintMs: paintedMs - startedMs,
      dataMs: shownMs - startedMs,
      note: `row ${count.toLocaleString('en')}`,
    })
    const top = page.getByRole('button', { name: '回到最新' })
    await this.#do(`${what}.top`, top, `document.querySelector('${FRAME}').scrollTop === 0 && ${read(table)}`)
  }

  async #largestBlock(): Promise<number> {
    const texts = await this.#page.locator(`${TABLE} td:nth-child(3)`).allInnerTexts()
    const receipts = texts.map((text, at) => (at < NEWEST ? 0 : Number(text.replace(',', ''))))
    return receipts.indexOf(Math.max(...receipts))
  }

  /** @param said holds once the page is in Chinese, or in English */
  async #language(name: string, said: (zh: boolean) => string): Promise<void> {
    const page = this.#page
    const choose = (label: string) => page.locator('.top').getByText(label, { exact: true })
    await this.#do(name, choose('EN'), said(false))
    await this.#do(`${name}.back`, choose('中'), said(true))
  }

  async #wheelOnCurve(): Promise<void> {
    const box = await this.#page.locator('.period-detail canvas').boundingBox()
    if (box === null) throw new Error('the curve is not on the screen')
    const [left, bottom] = [box.x + box.width * 0.3, box.y + box.height - 12]
    await this.#page.mouse.move(box.x + 66, bottom)
    await this.#page.mouse.down()
    await this.#page.mouse.move(left, bottom, { steps: 6 })
    await this.#page.mouse.up()
  }

  async #type(text: string): Promise<void> {
    await this.#page.keyboard.type(text, { delay: KEY_MS })
  }

  async #press(key: string, times: number): Promise<void> {
    for (let at = 0; at < times; at++) await this.#page.keyboard.press(key, { delay: KEY_MS })
  }

  /** What is pressed is found beforehand: to look for it by its role is not the page's work. */
  async #do(name: string, act: Locator | (() => Promise<void>), shown?: string, note?: string): Promise<void> {
    const press = typeof act === 'function' ? act : await pressing(act)
    const measured: Measured = await measure(this.#page, this.#cpu, press, shown)
    this.#say({ name, ...measured, ...(note === undefined ? {} : { note }) })
  }
}

async function pressing(what: Locator): Promise<() => Promise<void>> {
  await what.waitFor()
  const found = await what.elementHandle()
  if (found === null) throw new Error(`${what.toString()} is gone`)
  return () => found.click()
}

/** Prices rise from step to step, as a seller's have to. */
const ladderText = (): string =>
  Array.from({ length: PERIODS }, (_, period) =>
    Array.from({ length: STEPS }, (__, step) => `${200 + period + step * 20}\t${1 + ((period + step) % 9)}`).join('\t'),
  ).join('\n')
