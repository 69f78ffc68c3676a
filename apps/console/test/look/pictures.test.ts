import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { NO_BROWSER, type Visitor, openBrowser, sizes, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { assertAccessible, assertFits, assertTranslated } from '../support/look.ts'
import { signInAs } from '../support/sign-in.ts'
import { Camera } from './camera.ts'
import { type Place, type Who, places } from './places.ts'
import { type Facts, type Scene, sessions, setScene } from './scene.ts'
import { inScheme, resized, seeIn, settled, views } from './views.ts'

const people: { readonly [who in Who]?: readonly [name: string, person: string] } = {
  trader: ['大渡河流域水电', 'bidder'],
  clerk: ['四川电力交易中心', 'chen'],
  dispatcher: ['四川电力调度控制中心', 'liu'],
}
const [first, , narrow] = views
/** A4 at 96 points an inch, less its margins. */
const PAPER = { width: 718, height: 1047 }
const MARGIN = { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' }

describe('every page of the console, in both languages, wide and narrow', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  let scene: Scene
  const camera = new Camera()
  const visitors = new Map<Who, Visitor>()

  before(async () => {
    ;[demo, browser] = await Promise.all([startDemo(), openBrowser()])
    scene = await setScene(demo)
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function visitorFor(who: Who): Promise<Visitor> {
    const known = visitors.get(who)
    if (known !== undefined) return known
    const made = await visitor(browser)
    visitors.set(who, made)
    await demo.time.takeAlong(made.context)
    // What is shown step by step is shown at once.
    await made.page.emulateMedia({ reducedMotion: 'reduce' })
    const person = people[who]
    if (person === undefined) await made.page.goto(`${demo.url}/settings`)
    else await signInAs(made.page, demo.url, ...person, '/settings')
    return made
  }

  /** Goes to a page and does what is to be done there, in Chinese at a desk. */
  async function enter(page: Page, { path, stage, act, whole }: Place): Promise<void> {
    if (stage === 'bids') await scene.bids()
    const facts = stage === 'results' ? await scene.results() : ({} as Facts)
    const to = typeof path === 'string' ? path : path(facts)
    await resized(page, sizes.desk)
    const from = new URL(page.url()).pathname
    if (isApart(to) || isApart(from)) {
      await page.goto(demo.url + to)
      // From one address of the page that verifies to another it is not loaded anew by itself.
      if (to.startsWith(`${from}#`)) await page.reload()
    } else await page.evaluate(within(to))
    await act?.(page)
    // What was pressed may stand far down.
    await page.evaluate('scrollTo(0, 0)')
    await page.locator(whole).first().waitFor()
  }

  async function lookAt(page: Page, place: Place): Promise<void> {
    const { name, whole, isWindow = false } = place
    for (const view of views) {
      const where = `${name}.${view.language}.${view.width}`
      if (name === 'api') await page.goto(`${demo.url}/docs${view.language === 'en' ? '?lang=en' : ''}`)
      await seeIn(page, view)
      await page.locator(whole).first().waitFor()
      await settled(page)
      // The page of the interface is made of names that are written so.
      if (name !== 'api') {
        await assertTranslated(page, where)
        await assertDemo(page, where)
      }
      await assertFits(page, where)
      if (view === first) await assertAccessible(page, where)
      if (view === narrow) await lookInTheDark(page, where)
      await camera.take(page, view, where, isWindow)
    }
    if (place.dark !== true) return
    await inScheme(page, 'dark')
    await seeIn(page, first)
    await settled(page)
    await camera.take(page, first, `${name}.dark`, isWindow)
    await inScheme(page, 'light')
  }

  async function lookInTheDark(page: Page, where: string): Promise<void> {
    await inScheme(page, 'dark')
    try {
      await assertAccessible(page, `${where} in the dark`)
    } finally {
      await inScheme(page, 'light')
    }
  }

  for (const place of places) {
    it(`${place.name} is whole, translated, accessible, and fits`, async () => {
      const { page, complaints } = await visitorFor(place.who)
      await enter(page, place)
      await lookAt(page, place)
      assert.deepEqual(complaints, [])
    })
  }

  it('the bulletin is printed on one sheet, a receipt without the frame', async () => {
    const { pastOrder } = await scene.results()
    for (const [who, path, whole, sheets] of [
      ['clerk', `/bulletins/${sessions.published}`, '.bulletin-verify svg', 1],
      ['trader', `/orders/${pastOrder}`, '.receipt-order tbody tr', 2],
    ] as const) {
      const { page } = await visitorFor(who)
      await page.setViewportSize(PAPER)
      await page.evaluate(within(path))
      await page.locator(whole).first().waitFor()
      await page.emulateMedia({ media: 'print' })
      for (const frame of ['.rail', '.top', '.page-actions']) assert.ok(await page.locator(frame).isHidden(), frame)
      await assertDemo(page, 'printed')
      await camera.takeAsItStands(page, `${path.split('/')[1]}.printed`)
      const printed = await page.pdf({ format: 'A4', printBackground: true, margin: MARGIN })
      assert.ok(sheetsOf(printed) <= sheets, `${path} takes ${sheetsOf(printed)} sheets`)
      await page.emulateMedia({ media: 'screen' })
    }
  })

  it('has asked nobody but its node', () => {
    const host = new URL(demo.url).host
    for (const { hosts } of visitors.values()) assert.deepEqual([...hosts], [host])
  })
})

/** What a demo says in Chinese on every page, where one begins to read it. */
async function assertDemo(page: Page, where: string): Promise<void> {
  const banner = page.locator('.banner').filter({ hasText: '演示链：节点运营方可见申报内容，请勿录入真实报价' })
  assert.equal((await banner.boundingBox())?.y, 0, `${where} does not say that it is a demo`)
}

/** Pages by themselves, with no way from them to others but by loading. */
const isApart = (path: string): boolean => /^\/(?:verify|docs)/.test(path)

/** Goes on inside the console as its own links do: each place in the history has a key, by which it is scrolled. */
const within = (path: string): string => `
  history.pushState({ key: crypto.randomUUID(), idx: (history.state?.idx ?? 0) + 1 }, '', ${JSON.stringify(path)})
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }))`

/** How many sheets a printed page has. */
const sheetsOf = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type\s*\/Page\b(?!s)/g),
  ].length
