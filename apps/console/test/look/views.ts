import type { Page } from 'playwright-core'
import { type Width, sizes } from '../support/browser.ts'

/** How a page is looked at. */
export interface View {
  readonly language: 'zh' | 'en'
  readonly width: Width
}

/** In this order each differs from the one before by one thing; the first is what a visitor begins with. */
export const views = [
  { language: 'zh', width: 'desk' },
  { language: 'en', width: 'desk' },
  { language: 'en', width: 'phone' },
  { language: 'zh', width: 'phone' },
] as const satisfies readonly View[]

/** Changes window and language where the page stands, as a person would. */
export async function seeIn(page: Page, { language, width }: View): Promise<void> {
  await resized(page, sizes[width])
  if ((await page.locator(`html[lang|="${language}"]`).count()) === 0) {
    // The console's own choice, and that of the page that verifies; a dialog may lie over it.
    const choice = page.locator('.top, .verify-top').getByText(language === 'zh' ? '中' : 'EN', { exact: true })
    await choice.dispatchEvent('click')
    await page.locator(`html[lang|="${language}"]`).waitFor()
  }
  await page.mouse.move(0, 0)
}

/** To a window that has the size already, it would be laid out again. */
export async function resized(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  const now = page.viewportSize()
  if (now?.width !== size.width || now.height !== size.height) await page.setViewportSize(size)
}

/** As a system is set that is light or dark; the page hears of it a moment later. */
export async function inScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  // That of the interface follows the system by its styles alone.
  await page.waitForFunction((scheme) => {
    const { theme } = document.documentElement.dataset
    return theme === undefined || theme === scheme
  }, colorScheme)
  await drawn(page)
}

/** Nothing is being read any more, the node answers, the charts are drawn, and what has changed is on the screen. */
export async function settled(page: Page): Promise<void> {
  // A function: the page's policy evaluates no text a second time.
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      !/读取中|Loading|载入中|正在向|没有应答|does not answer/.test(document.body.innerText) &&
      document.querySelector('.chart figcaption, .verdict[data-tone="plain"]') === null,
  )
  await drawn(page)
}

async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
}
