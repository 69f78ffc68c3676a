import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { readKeyFile } from '@dujiang/client'
import { fromHex, keyId } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { sendAll } from '@dujiang/testing/province'
import { NO_BROWSER, openBrowser, visitor } from '../support/browser.ts'
import { type Demo, startDemo } from '../support/demo.ts'

const DUJIANG = resolve(import.meta.dirname, '../../../cli/src/main.ts')
const PASSPHRASE = '都江堰 correct horse'

describe('keys in the browser', { skip: NO_BROWSER }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-keys-'))
  let demo: Demo
  let browser: Browser
  before(async () => {
    demo = await startDemo()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await demo?.stop()
    rmSync(dir, { recursive: true })
  })

  const complaints: (readonly string[])[] = []
  afterEach(() => assert.deepEqual(complaints.splice(0).flat(), []))

  async function open(): Promise<Page> {
    const { page, complaints: its } = await visitor(browser)
    complaints.push(its)
    await page.goto(`${demo.url}/identity`)
    await page.getByRole('heading', { name: '本浏览器的密钥' }).waitFor()
    return page
  }

  async function answer(page: Page, passphrase: string, button: string): Promise<void> {
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(passphrase)
    await dialog.getByRole('button', { name: button, exact: true }).click()
  }

  it('takes a key file of the command line, signs in with it, and keeps nothing in the open', async () => {
    const path = join(dir, 'zhang.json')
    writeFileSync(path, JSON.stringify(await sampleKeyFile(demo, 'SCPX', 'zhang')))
    const secret = readKeyFile(readFileSync(path, 'utf8'))?.secret as string
    const page = await open()
    await page.getByLabel('导入密钥文件').setInputFiles(path)
    await answer(page, 'short', '导入密钥文件')
    await page.getByRole('dialog').getByText('至少 8 个字符').waitFor()
    await answer(page, PASSPHRASE, '导入密钥文件')
    const row = page.getByRole('row').filter({ hasText: 'SCPX' })
    await row.waitFor()
    assert.ok(!(await stored(page)).includes(secret))

    await page.reload()
    await row.getByRole('button', { name: '登录' }).click()
    await answer(page, 'another word', '登录')
    await page.getByRole('dialog').getByText('口令不对').waitFor()
    await answer(page, PASSPHRASE, '登录')
    await page.waitForURL('**/sessions')
    await page.getByRole('banner').getByRole('button', { name: '四川电力交易中心' }).waitFor()
    // Unlocked, it lives in this page alone.
    await page.reload()
    await page.getByRole('button', { name: '登录', exact: true }).waitFor()
  })

  it('exports a file that the command line opens, and takes a sealed one back', async () => {
    const made = join(dir, 'made.json')
    run(['keys', 'new', made, '--org', 'DADUHE', '--passphrase'])
    const page = await open()
    await page.getByLabel('导入密钥文件').setInputFiles(made)
    await answer(page, 'another word', '导入密钥文件')
    await page.getByRole('dialog').getByText('口令不对').waitFor()
    await answer(page, PASSPHRASE, '导入密钥文件')
    const row = page.getByRole('row').filter({ hasText: 'DADUHE' })
    await row.waitFor()

    const downloading = page.waitForEvent('download')
    await row.getByRole('button', { name: '导出' }).click()
    await answer(page, PASSPHRASE, '导出')
    const exported = join(dir, 'exported.json')
    await (await downloading).saveAs(exported)
    const file = readKeyFile(readFileSync(exported, 'utf8'))
    assert.equal(file?.secret, undefined)
    assert.equal(file?.publicKey, readKeyFile(readFileSync(made, 'utf8'))?.publicKey)
    assert.match(run(['keys', 'show', exported]), new RegExp(file?.key as string))

    await row.getByRole('button', { name: '删除' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '删除' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByLabel('导入密钥文件').setInputFiles(exported)
    await answer(page, PASSPHRASE, '导入密钥文件')
    await row.waitFor()
  })

  it('makes keys of both schemes and shows what is to be put on record', async () => {
    const page = await open()
    for (const scheme of ['SM2', 'Ed25519']) {
      await makeKey(page, 'YALONGJIANG', scheme)
      await page.getByRole('row').filter({ hasText: 'YALONGJIANG' }).filter({ hasText: scheme.toUpperCase() }).waitFor()
    }
  })

  it('says on every page why a key is not taken, before it is on record and after it is revoked, and goes on while it is', async () => {
    const { page } = await visitor(browser)
    await page.goto(`${demo.url}/identity`)
    const publicKey = await makeKey(page, 'DADUHE', 'SM2')
    await page.getByRole('row').filter({ hasText: 'DADUHE' }).getByRole('button', { name: '登录' }).click()
    await answer(page, PASSPHRASE, '登录')
    const denied = page.getByRole('alert').filter({ hasText: '账本不认可此密钥的签名' })
    await denied.getByText('DADUHE没有密钥').waitFor()
    await denied.getByText('请本单位已登记的经办人').waitFor()
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '账本' }).click()
    await page.getByRole('heading', { name: '账本', level: 1 }).waitFor()
    await denied.waitFor()

    const by = { org: 'DADUHE', person: 'bidder' }
    const key = keyId(nodeCrypto.sha256, 'sm2', fromHex(publicKey))
    const added = { scheme: 'sm2', publicKey, person: 'second', fromMs: 0, untilMs: Date.now() + 86_400_000 }
    await sendAll(demo.desk, [{ by, act: 'members.key.add', payload: { org: 'DADUHE', key: added } }])
    await denied.waitFor({ state: 'detached' })
    await page.getByRole('banner').getByRole('button', { name: '大渡河流域水电' }).waitFor()

    await sendAll(demo.desk, [{ by, act: 'members.key.revoke', payload: { org: 'DADUHE', key } }])
    await denied.getByText('不在有效期').waitFor()
    await denied.getByText('此密钥已撤销').waitFor()
    await denied.getByRole('link', { name: '切换身份' }).click()
    await page.waitForURL('**/identity')
  })
})

/** Makes a key in the browser; what of it is to be put on record. */
async function makeKey(page: Page, org: string, scheme: string): Promise<string> {
  await page.getByRole('button', { name: '新建密钥' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('市场成员').fill(org)
  await dialog.getByText(scheme, { exact: true }).click()
  await dialog.getByLabel('口令').fill(PASSPHRASE)
  await dialog.getByLabel('再输一次').fill('something else')
  assert.ok(await dialog.getByRole('button', { name: '新建密钥' }).isDisabled())
  await dialog.getByLabel('再输一次').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: '新建密钥' }).click()
  const made = page.getByRole('dialog', { name: '密钥已建' })
  const text = await made.innerText()
  await page.getByRole('button', { name: '知道了' }).click()
  return /\b[0-9a-f]{64,130}\b/.exec(text)?.[0] ?? ''
}

async function sampleKeyFile(demo: Demo, org: string, person: string): Promise<unknown> {
  const answer = await fetch(`${demo.url}/demo/identities`)
  const { identities } = (await answer.json()) as {
    readonly identities: readonly { readonly org: string; readonly person: string; readonly key: unknown }[]
  }
  return identities.find((each) => each.org === org && each.person === person)?.key
}

function run(args: readonly string[]): string {
  const env = { ...process.env, DUJIANG_PASSPHRASE: PASSPHRASE }
  const { status, stdout, stderr } = spawnSync(process.execPath, [DUJIANG, ...args], { env, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
}

/** Everything the browser keeps for this page, as text; bytes in hex. */
function stored(page: Page): Promise<string> {
  return page.evaluate(`(async () => {
    const database = await new Promise((done) => {
      const request = indexedDB.open('dujiang-keys')
      request.onsuccess = () => done(request.result)
    })
    const all = await new Promise((done) => {
      const request = database.transaction('keys').objectStore('keys').getAll()
      request.onsuccess = () => done(request.result)
    })
    const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const shown = JSON.stringify(all, (_, value) => (value instanceof Uint8Array ? hex(value) : value))
    return shown + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })
  })()`) as Promise<string>
}
