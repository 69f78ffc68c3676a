import { browserProgram } from '@dujiang/testing/browser-program'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'

export { NO_BROWSER } from '@dujiang/testing/browser-program'

export type Width = 'desk' | 'phone'
export const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

export interface VisitorOptions {
  readonly width?: Width
  readonly language?: 'zh' | 'en'
  readonly dark?: boolean
}

/** Somebody at a browser of their own: what was stored by another is not there. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser has complained about: errors of scripts, and whatever the policy has refused. */
  readonly complaints: readonly string[]
  /** Hosts that were asked for anything. */
  readonly hosts: ReadonlySet<string>
}

/**
 * The browser's own address bar keeps two hidden pages for each visitor, which cost as much as a page of ours. This list takes
 * the place of Playwright's: what of that matters here is in it too, above all what would ask elsewhere.
 */
const features = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', `--disable-features=${features.join()}`]
  return chromium.launch({ executablePath: browserProgram, args })
}

export async function visitor(browser: Browser, options: VisitorOptions = {}): Promise<Visitor> {
  const { width = 'desk', language = 'zh', dark = false } = options
  const context = await browser.newContext({
    viewport: sizes[width],
    locale: 'zh-CN',
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Asia/Shanghai',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(60_000)
  const preferences = JSON.stringify({ language })
  // A reload keeps what was chosen meanwhile.
  await context.addInitScript((text: string) => {
    if (localStorage.getItem('dujiang/preferences') === null) localStorage.setItem('dujiang/preferences', text)
  }, preferences)
  const page = await context.newPage()
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error' && !isAnswer(message.text(), url)) complaints.push(`${message.text()} ${url}`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => hosts.add(new URL(request.url()).host))
  return { page, context, complaints, hosts }
}

/** A row that there is not, a proof or lists that are not yet: answers, which the browser takes for troubles. */
function isAnswer(text: string, url: string): boolean {
  const path = URL.parse(url)?.pathname ?? ''
  const status = Number(/status of (\d{3})/.exec(text)?.[1])
  return path.startsWith('/v1/') && (path.startsWith('/v1/lists/') ? [404, 409, 503] : [404, 409]).includes(status)
}
