import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Rows of a table further down are as those above them. */
const ALIKE = 'tbody tr:nth-child(n+9)'

interface Finding {
  readonly id: string
  readonly impact: string | null
  readonly help: string
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[]
}

/** Judges the page as it stands by axe: WCAG 2.2 A and AA, nothing serious or worse. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  // By the debugger, which no policy of the page concerns.
  if ((await page.evaluate(`'axe' in window`)) !== true) await page.evaluate(axeSource)
  const findings = (await page.evaluate(`axe.run({ exclude: ['${ALIKE}'] }, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    resultTypes: ['violations'],
    preload: false,
  }).then(({ violations }) => violations)`)) as readonly Finding[]
  const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  assert.deepEqual(
    serious.map(({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    [],
    where,
  )
}

/** What a reader would see that was never translated: a key such as `rail.sessions`, or a fact's braces. */
export async function assertTranslated(page: Page, where: string): Promise<void> {
  const text = await page.locator('body').innerText()
  const untranslated =
    text.match(/\b[a-z]+(?:\.[a-z]+){1,3}\b(?!\.(?:json|html|ts))|\{\{?\w+\}?\}|\bundefined\b|\bNaN\b/g) ?? []
  // Names of acts and of files are written so.
  const known = /^(?:auction|members|rules|recorded|network)\.|\.(?:json|html|csv)$/
  assert.deepEqual(
    untranslated.filter((found) => !known.test(found)),
    [],
    where,
  )
}

/** Nothing is wider than the screen. */
export async function assertFits(page: Page, where: string): Promise<void> {
  const over = await page.evaluate(`document.documentElement.scrollWidth - window.innerWidth`)
  assert.ok((over as number) <= 0, `${where} is ${String(over)} px wider than the screen`)
}
