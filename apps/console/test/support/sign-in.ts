import type { Page } from 'playwright-core'

/** Becomes a sample identity by one press, and lands at `path`. */
export async function signInAs(page: Page, url: string, name: string, person: string, path: string): Promise<void> {
  await page.goto(`${url}/identity?back=${encodeURIComponent(path)}`)
  const pressed = page
    .getByRole('main')
    .getByRole('button', { name: new RegExp(`^${name}(（示例）)?(\\s+${person})?$`) })
  await pressed.click()
  await page.waitForURL(`**${path}`)
}
