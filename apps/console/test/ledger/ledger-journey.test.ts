import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { Committed } from '@dujiang/client'
import { NO_BROWSER, type Visitor, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'

describe('the ledger, and the page that verifies, for anybody who comes', { skip: NO_BROWSER }, () => {
  let demo: Demo
  let browser: Browser
  let refused: Committed
  let chain: string
  const visitors: Visitor[] = []

  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
    ;({ chain } = await demo.client.status())
    // A refusal is on record as well as what was accepted.
    const zhang = demo.identity({ org: 'SCPX', person: 'zhang' })
    const wanted = { act: 'auction.sequence.open', payload: { sequence: 'LEDGER', name: '账本页测试序列' } }
    await demo.client.act(zhang, wanted)
    refused = await demo.client.act(zhang, wanted)
    assert.notEqual(refused.receipt.code, 0)
    await demo.client.waitProvable(refused.id)
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
  })

  async function open(path: string): Promise<Page> {
    const each = await visitor(browser)
    visitors.push(each)
    await each.page.goto(demo.url + path)
    return each.page
  }
  const verdict = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })

  it('lists what is on record, and finds by decision, organisation, id and height', async () => {
    const page = await open('/ledger')
    const table = page.getByRole('table', { name: '业务' })
    await table.getByRole('row').nth(1).waitFor()
    await page.getByText('拒绝', { exact: true }).first().click()
    await page.waitForURL(/outcome=declined/)
    await table.getByRole('row', { name: refused.id.slice(0, 12) }).waitFor()
    await page.getByLabel('查找').fill(refused.id.slice(0, 8))
    await page.getByLabel('查找').press('Enter')
    await page.getByRole('button', { name: `编号 ${refused.id.slice(0, 8)}` }).waitFor()
    await page.getByLabel('查找').fill('2')
    await page.getByLabel('查找').press('Enter')
    await page.getByRole('heading', { name: '区块 2' }).waitFor()
  })

  it('lists it no wider than a phone, down to the narrowest, in either language', async () => {
    for (const language of ['zh', 'en'] as const) {
      const each = await visitor(browser, { width: 'phone', language })
      visitors.push(each)
      await each.page.goto(`${demo.url}/ledger`)
      const frame = each.page.locator('.dense')
      await frame.getByRole('row').nth(1).waitFor()
      for (const width of [390, 320]) {
        await each.page.setViewportSize({ width, height: 844 })
        const over = await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
        assert.equal(over, 0, `${language} ${width}`)
      }
    }
  })

  it('opens a receipt by keyboard, and checks its proof where it stands', async () => {
    const page = await open('/ledger?outcome=declined')
    const row = page.getByRole('row', { name: refused.id.slice(0, 12) })
    await row.focus()
    await row.press('Enter')
    await page.waitForURL(`**/ledger/receipts/${refused.id}`)
    await page.getByRole('button', { name: '逐步核对' }).click()
    await verdict(page, '8 步全部对上').waitFor()
    await page.getByRole('region', { name: '这个结论信任谁' }).getByText('尚未与他处核对').waitFor()
  })

  it('says of what is unknown, or not public, that it is not there', async () => {
    const page = await open(`/ledger/receipts/${'ab'.repeat(32)}`)
    await page.getByRole('heading', { name: '没有这份回执' }).waitFor()
    await page.goto(`${demo.url}/ledger/blocks/999999`)
    await page.getByRole('heading', { name: '还没有区块 999999' }).waitFor()
    await page.goto(`${demo.url}/verify#id=${'ab'.repeat(32)}`)
    await page.getByText('本节点没有这份凭证').waitFor()
  })

  it('opens from a printed code with the chain pinned, and refuses a node of another chain', async () => {
    const page = await open(`/verify#id=${refused.id}&chain=${chain}`)
    await verdict(page, '8 步全部对上').waitFor()
    await page.getByText('与二维码或链接所载指纹一致').first().waitFor()
    await page.goto(`${demo.url}/verify#id=${refused.id}&chain=${'ab'.repeat(32)}`)
    await verdict(page, '这是另一条链').waitFor()
    await page.goto(`${demo.url}/verify#row=members/org/SCPX`)
    await verdict(page, '6 步全部对上').waitFor()
    await page.getByText('仅相对于本节点给出的创世文件而言').waitFor()
  })

  it('hands out one file that verifies without a network what was downloaded here', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'dujiang-stick-'))
    const page = await open(`/ledger/receipts/${refused.id}`)
    const save = async (name: string, press: () => Promise<void>): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()])
      await download.saveAs(join(dir, name))
      return join(dir, name)
    }
    const proof = await save('proof.json', () => page.getByRole('button', { name: '下载证明文件' }).click())
    await page.goto(`${demo.url}/verify`)
    const genesis = await save('genesis.json', () => page.getByRole('link', { name: '下载创世文件' }).click())
    const offline = await save('verify.html', () => page.getByRole('link', { name: '下载离线版' }).click())
    const away = await visitor(browser)
    visitors.push(away)
    await away.context.setOffline(true)
    await away.page.goto(pathToFileURL(offline).href)
    await away.page.locator('#files').setInputFiles([proof, genesis])
    await verdict(away.page, '8 步全部对上').waitFor()
    rmSync(dir, { recursive: true })
  })

  it('shows who signs the blocks and who is on record', async () => {
    const page = await open('/ledger/validators')
    const validators = page.getByRole('table', { name: '验证人' })
    await validators.getByRole('row', { name: 'SCPX' }).waitFor()
    await page.getByRole('link', { name: '单位', exact: true }).click()
    await page.getByLabel('按名称或代号筛选').fill('SCPX')
    await page.getByRole('row', { name: /^四川电力交易中心\S* SCPX/ }).click()
    await page.getByRole('table', { name: '密钥' }).getByText('zhang').waitFor()
  })

  it('says of a full node that nothing here shows how far it is, and of the others what they have signed', async () => {
    const each = await visitor(browser, { language: 'en' })
    visitors.push(each)
    const node = (org: string, role: string, here: boolean) => ({ org, name: org, role, api: demo.url, here })
    const nodes = [node('SCPX', 'validator', true), node('SCNEA', 'full', false)]
    await each.page.route('**/v1/nodes', (route) => route.fulfill({ json: { nodes } }))
    await each.page.goto(`${demo.url}/ledger/validators`)
    const row = (org: string) =>
      each.page.getByRole('table', { name: 'Nodes of this network' }).getByRole('row', { name: org })
    await row('SCPX').getByText('Signing').waitFor()
    await row('SCPX').getByText(/^\d+$/).waitFor()
    await row('SCNEA').getByText('Unknown here').waitFor()
    await row('SCNEA').getByText('Signs no blocks').waitFor()
    await each.page.getByText('A full node signs no blocks: nothing on the ledger shows how far it has come').waitFor()
  })

  it('has asked nobody but its node, and broken no policy', () => {
    const own = new Set([new URL(demo.url).host, ''])
    for (const { complaints, hosts } of visitors) {
      assert.deepEqual(
        complaints.filter((complaint) => !/status of 404/.test(complaint)),
        [],
      )
      assert.deepEqual(
        [...hosts].filter((host) => !own.has(host)),
        [],
      )
    }
  })
})
