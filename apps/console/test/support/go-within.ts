import type { Page } from 'playwright-core'

/** Goes to another page of the console as its own links do, without loading all of it anew; until the page before is gone. */
export async function goWithin(page: Page, path: string): Promise<void> {
  const heading = page.locator('main').locator('h1, h2').first()
  await heading.waitFor()
  const before = await heading.elementHandle()
  // Each place in the history has a key, by which it is scrolled.
  await page.evaluate(`
    history.pushState({ key: crypto.randomUUID(), idx: (history.state?.idx ?? 0) + 1 }, '', ${JSON.stringify(path)})
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }))`)
  await before?.waitForElementState('hidden')
}
