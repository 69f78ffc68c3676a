import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { verifyOffline } from '../src/offline/check.ts'
import type { Summary } from '../src/summary.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'dujiang-start-'))
after(() => rmSync(dataDir, { recursive: true, force: true }))
const WARNING = '演示链：节点运营方可见申报内容，请勿录入真实报价'

describe('npm start', () => {
  let first: Summary

  it('plays a session over the public API, verifies every receipt offline and ends with status 0', async () => {
    const { text, code } = await ended(start('--once', '--json', '--gate', '8'))
    assert.equal(code, 0, text)
    assert.ok(text.includes(WARNING) && text.includes('演示加速'))
    first = summaryOf(text)
    assert.equal(first.ok, true)
    assert.equal(first.sequence, '四川省2026年12月省内月度集中竞价交易（示例）')
    assert.equal(first.units_submitted, 54)
    assert.equal(first.periods.length, 24)
    assert.equal(first.receipts_verified, first.receipts)
    assert.match(text, new RegExp(`verified offline: ${first.receipts} receipts`))
    const sumMwh = first.periods.reduce((sum, { volume_mwh }) => sum + Number(volume_mwh), 0)
    assert.equal(String(sumMwh), first.volume_mwh)
  })

  it('shows a receipt that was tampered with, and its app hash no other', async () => {
    const folder = join(dataDir, 'receipts', first.session)
    const name = readdirSync(folder)[7] as string
    const whole = readFileSync(join(folder, name), 'utf8')
    writeFileSync(
      join(folder, name),
      whole.replace(/"height":(\d)/, (_, digit: string) => `"height":${(Number(digit) % 9) + 1}`),
    )
    const verdict = await verifyOffline(join(dataDir, 'genesis.json'), folder)
    assert.deepEqual(
      verdict.failures.map(({ file }) => file),
      [name],
    )
    assert.equal(verdict.verified, first.receipts - 1)
    assert.equal(verdict.appHash, first.app_hash)
  })

  it('recovers the ledger, goes on with the next month and serves until it is stopped', async (t) => {
    if (process.env['DUJIANG_LONG'] !== '1') return t.skip('DUJIANG_LONG=1 plays a second month')
    const child = start('--json')
    const closing = ended(child)
    const summary = summaryOf(await said(child, /^\{.*\}$/m))
    assert.equal(summary.ok, true)
    assert.equal(summary.recovered, true)
    assert.equal(summary.delivery, '2027-01')
    assert.ok(summary.height > first.height)
    child.kill('SIGTERM')
    const { text, code } = await closing
    assert.equal(code, 0, text)
    assert.match(
      text,
      new RegExp(`recovered：高度 ${first.height}，回执 ${first.receipts}，应用哈希 ${first.app_hash}`),
    )
  })
})

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, '--data', dataDir, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

function ended(child: ChildProcess): Promise<{ readonly text: string; readonly code: number | null }> {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  return new Promise((resolve) => child.on('close', (code) => resolve({ text, code })))
}

/** What it has printed once that matches. */
function said(child: ChildProcess, wanted: RegExp): Promise<string> {
  let text = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      if (wanted.test(text)) resolve(text)
    })
    child.on('close', () => reject(new Error(text)))
  })
}

const summaryOf = (text: string): Summary => JSON.parse(text.trimEnd().split('\n').at(-1) as string) as Summary
