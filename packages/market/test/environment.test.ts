import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'

const program = join(import.meta.dirname, 'support/environment-run.ts')
const run = promisify(execFile)

interface Printed {
  /** After each block. */
  readonly hashes: readonly string[]
  readonly twin: string
  /** Of each session, price and volume of each period. */
  readonly traded: readonly (readonly (readonly [price: number, volumeWh: number])[])[]
  readonly recorded: string
  readonly rules: string
}

async function printed(env: Record<string, string>, order: string): Promise<Printed> {
  const { stdout } = await run(process.execPath, [program, order], { env: { PATH: process.env['PATH'] ?? '', ...env } })
  return JSON.parse(stdout) as Printed
}

describe('the environment of a market', () => {
  it('[EXEC-1] neither time zone, language nor the order in which objects were built changes an app hash at any height', async () => {
    const [plain, shanghai, turkish, reversed] = await Promise.all([
      printed({ TZ: 'UTC', LANG: 'C' }, 'given'),
      printed({ TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'given'),
      printed({ TZ: 'Pacific/Apia', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, 'given'),
      printed({ TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' }, 'reversed'),
    ])
    // It went somewhere: ties below zero were cut, the rules changed, a book was derived again.
    assert.ok(plain.hashes.length > 40)
    for (const periods of plain.traded) {
      assert.equal(periods.length, 3)
      for (const [price, volumeWh] of periods) assert.ok(price < 0 && volumeWh > 0)
    }
    assert.deepEqual([plain.recorded, plain.rules], ['rederived', 'SC-s'])
    assert.equal(plain.twin, plain.hashes.at(-1))
    for (const other of [shanghai, turkish, reversed]) assert.deepEqual(other, plain)
  })
})
