import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { sizes } from '../support/browser.ts'
import { type View, resized } from './views.ts'

const KEPT = process.env['DUJIANG_PICTURES']
/** Legible text, small files. */
const WEBP_QUALITY = 40
/** A page that is longer is cut off here, and its picture shows how it begins. */
const HEIGHT_MAX = { desk: 960, phone: 1000 }

/** Makes pictures where DUJIANG_PICTURES names a folder for them; elsewhere nobody would look at them. */
export class Camera {
  readonly #dir = KEPT && resolve(KEPT)

  constructor() {
    if (this.#dir) mkdirSync(this.#dir, { recursive: true })
  }

  /** The page as it stands: the whole of it, or only the window where something lies over it. */
  async take(page: Page, { width }: View, name: string, isWindow: boolean): Promise<void> {
    if (!this.#dir) return
    const window = sizes[width]
    const length = (await page.evaluate('document.documentElement.scrollHeight')) as number
    const height = isWindow ? window.height : Math.max(window.height, Math.min(length, HEIGHT_MAX[width]))
    await resized(page, { width: window.width, height })
    await this.takeAsItStands(page, name)
  }

  async takeAsItStands(page: Page, name: string): Promise<void> {
    if (!this.#dir) return
    const session = await page.context().newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: WEBP_QUALITY })
    await session.detach()
    writeFileSync(join(this.#dir, `${name}.webp`), Buffer.from(data, 'base64'))
  }
}
