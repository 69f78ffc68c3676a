import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'

const program = join(import.meta.dirname, 'support/environment-run.ts')
const run = promisify(execFile)

interface Printed {
  readonly chain: string
  readonly hashes: readonly string[]
  readonly tip: string
}

async function printed(env: Record<string, string>, order: string): Promise<Printed> {
  const { stdout } = await run(process.execPath, [program, order], { env: { PATH: process.env['PATH'] ?? '', ...env } })
  return JSON.parse(stdout) as Printed
}

describe('environment', () => {
  it('[EXEC-1] neither time zone, language nor the order in which objects were built changes a hash', async () => {
    const [plain, shanghai, turkish, reversed] = await Promise.all([
      printed({ TZ: 'UTC', LANG: 'C' }, 'given'),
      printed({ TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'given'),
      printed({ TZ: 'Pacific/Apia', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, 'given'),
      printed({ TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' }, 'reversed'),
    ])
    assert.equal(plain.hashes.length, 6)
    assert.equal(new Set(plain.hashes).size, 6)
    for (const other of [shanghai, turkish, reversed]) assert.deepEqual(other, plain)
  })
})
