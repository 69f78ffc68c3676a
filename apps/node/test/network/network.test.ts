import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { CometbftMissing, lookForCometbft } from '@dujiang/node/network'
import { freeBlock } from '@dujiang/testing/network'
import { nodeMembers } from '@dujiang/testing/province'
import type { NetworkSummary } from '../../src/network/summary.ts'

const main = fileURLToPath(new URL('../../src/network/main.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'djn-'))
after(() => rmSync(dataDir, { recursive: true, force: true }))

// Ten for each node, one after the other: networks that start at the same time find no ports together.
const port = await freeBlock(60)
const found = await lookForCometbft()
const missing = found instanceof CometbftMissing ? found.message : false

describe('npm run network', { skip: missing }, () => {
  let first: NetworkSummary

  it('holds a session through the nodes of several organisations; all agree and every receipt is verified', async () => {
    const { text, code } = await run('--once', '--json', '--gate', '20')
    assert.equal(code, 0, text)
    first = summaryOf(text)
    assert.equal(first.ok, true)
    assert.deepEqual([first.validators, first.full_nodes], [4, 2])
    assert.deepEqual(
      first.nodes,
      nodeMembers.map(({ org }) => org),
    )
    assert.equal(first.heights.length, 6)
    assert.ok(first.heights.every((height) => height >= first.agreed_height))
    assert.equal(first.app_hashes.length, 6)
    assert.equal(new Set(first.app_hashes).size, 1)
    assert.equal(first.verified_receipts, first.receipts)
    assert.equal(first.units_submitted, 54)
    assert.equal(first.orders, 58)
  })

  it('keeps each organisation’s secrets in a folder of its own', () => {
    for (const { org } of nodeMembers) {
      assert.ok(existsSync(join(dataDir, 'keys', org, 'validator.secret')), org)
      assert.ok(existsSync(join(dataDir, 'nodes', org, 'comet/config/priv_validator_key.json')), org)
    }
  })

  it('recovers and goes on with the next month', async (t) => {
    if (process.env['DUJIANG_LONG'] !== '1') return t.skip('DUJIANG_LONG=1 holds a second month')
    const { text, code } = await run('--once', '--json', '--gate', '20')
    assert.equal(code, 0, text)
    const second = summaryOf(text)
    assert.equal(second.recovered, true)
    assert.equal(second.delivery, '2027-01')
    assert.ok(second.agreed_height > first.agreed_height)
  })
})

function run(...args: readonly string[]): Promise<{ readonly text: string; readonly code: number | null }> {
  const child = spawn(process.execPath, [main, '--data', dataDir, '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Six nodes keep no lists: nothing here asks for one.
    env: { ...process.env, DUJIANG_PROJECTIONS: 'none' },
  })
  let text = ''
  for (const stream of [child.stderr, child.stdout])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  return new Promise((resolve) => child.on('close', (code) => resolve({ text, code })))
}

const summaryOf = (text: string): NetworkSummary =>
  JSON.parse(text.trimEnd().split('\n').at(-1) as string) as NetworkSummary
