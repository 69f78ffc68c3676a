import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { engineChainId, headerHash, lightBlockToJson, msFromTime, readGenesis } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { changingParties, genesisOf, Headers, HeadersSource, type HeadersOptions, Random } from '@dujiang/testing/light'
import type { Browser } from 'playwright-core'
import { NO_BROWSER, openBrowser } from '../support/browser.ts'
import type { Answer, LightPage, Question } from './light-page.ts'

const HEIGHTS = 30
const partiesAt = changingParties(new Random(5), { heights: HEIGHTS, changeOneIn: 2 })
const genesis = genesisOf(partiesAt(1))
const chainId = engineChainId(readGenesis(nodeCrypto.sha256, genesis))
const options: HeadersOptions = { chainId, heights: HEIGHTS, partiesAt }
const honest = new Headers(options)
const newest = honest.newest().header
const PAGE = 'https://page.example/'

/** The page as a browser loads it: one script, with everything that the light client reaches. */
async function bundled(): Promise<string> {
  const { build } = await import('vite')
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: join(import.meta.dirname, 'light-page.ts'), output: { format: 'iife' } },
    },
  })
  assert.ok('output' in built)
  const [{ code }, ...others] = built.output
  assert.equal(others.length, 0)
  return code
}

describe('the light client in a browser', { skip: NO_BROWSER }, () => {
  let browser: Browser
  let script = ''
  before(async () => {
    script = await bundled()
    browser = await openBrowser()
  })
  after(() => browser.close())

  /** What the page in the browser says, where each of these sources is a node elsewhere. */
  async function asked(sources: readonly HeadersSource[]): Promise<Answer> {
    const context = await browser.newContext()
    const complaints: string[] = []
    await context.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    for (const source of sources) {
      await context.route(`https://${source.name}.example/v1/light/*`, async (route) => {
        const height = route.request().url().split('/').at(-1)
        const block = await source.lightBlock(height === 'latest' ? undefined : Number(height))
        assert.ok(block !== undefined)
        await route.fulfill({ json: lightBlockToJson(block), headers: { 'access-control-allow-origin': '*' } })
      })
    }
    const page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(PAGE)
    await page.addScriptTag({ content: script })
    const question: Question = {
      genesis: toHex(genesis),
      nodes: sources.map(({ name }) => `https://${name}.example`),
      nowMs: msFromTime(newest.time) + 1_000,
    }
    const answer = await page.evaluate((given) => (globalThis as unknown as LightPage).newest(given), question)
    await context.close()
    assert.deepEqual(complaints, [])
    return answer
  }

  it('[LIGHT-2] follows changing validators from the genesis file to the newest header, confirmed by a witness', async () => {
    const answer = await asked([new HeadersSource('one', honest), new HeadersSource('two', honest)])
    const hash = toHex(headerHash(nodeCrypto.sha256, newest))
    assert.deepEqual(answer, { height: HEIGHTS, hash, confirmedBy: ['https://two.example'] })
  })

  it('[LIGHT-1] does not begin with a header whose signature is false, whoever says so', async () => {
    const sources = [new HeadersSource('one', honest), new HeadersSource('two', honest)]
    for (const one of sources) {
      one.lie = (block) => {
        if (block.header.height !== 1) return block
        const [first, ...others] = block.commit.signatures
        const forged = { ...first!, signature: first!.signature.with(40, first!.signature[40]! ^ 1) }
        return { ...block, commit: { ...block.commit, signatures: [forged, ...others] } }
      }
    }
    const answer = await asked(sources)
    assert.ok('error' in answer)
    assert.equal(answer.error, 'HeaderUnknown')
    assert.match(answer.message, /commitSignatureWrong/)
  })

  it('[LIGHT-5] reports two proved chains and who signed both', async () => {
    const forked = new Headers({ ...options, fork: { of: honest, after: 20 }, stepMs: 1_001 })
    const answer = await asked([new HeadersSource('one', honest), new HeadersSource('two', forked)])
    assert.ok('error' in answer)
    assert.equal(answer.error, 'Diverged')
    assert.equal(answer.byzantine, partiesAt(HEIGHTS).length)
  })
})
