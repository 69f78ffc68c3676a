import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { builtConsole } from '../support/built.ts'

const dist = builtConsole()
const FIRST_LOAD_BYTES_MAX = 450_000
const VERIFY_BYTES_MAX = 100_000

describe('what a browser loads', () => {
  it('for the first page is below 450 kB packed, with everything it needs', () => {
    const files = ['index.html', ...neededFirst(readFileSync(join(dist, 'index.html'), 'utf8'))]
    const sizes = files.map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const sent = files.reduce((sum, file) => sum + smallestOf(file), 0)
    console.log(`first load: ${total} bytes packed by gzip in ${files.length} files, ${sent} as they are sent`)
    assert.ok(
      total < FIRST_LOAD_BYTES_MAX,
      `${total} bytes: ${files.map((file, at) => `${file} ${sizes[at]}`).join(', ')}`,
    )
  })

  it('for the page that verifies is below 100 kB packed, and nothing of the console', () => {
    const page = readFileSync(join(dist, 'verify.html'), 'utf8')
    const files = ['verify.html', ...reachedFrom(namedIn(page))]
    const total = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)
    console.log(`page that verifies: ${total} bytes packed in ${files.length} files`)
    assert.ok(total < VERIFY_BYTES_MAX, `${total} bytes: ${files.join(', ')}`)
    assert.ok(!files.some((file) => /react|antd|echarts/.test(file)), files.join(', '))
  })

  it('holds no address of anywhere else to load from', () => {
    const page = readFileSync(join(dist, 'index.html'), 'utf8')
    assert.deepEqual(page.match(/(?:src|href)="https?:[^"]*"/g), null)
  })
})

/** Bytes of the smallest copy that the build has made. */
function smallestOf(file: string): number {
  const packed = join(dist, `${file}.br`)
  return readFileSync(existsSync(packed) ? packed : join(dist, file)).length
}

/** What the page names, what that imports before it runs, and the page of sessions, which is where one begins. */
function neededFirst(page: string): readonly string[] {
  const named = namedIn(page)
  const main = named.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n')
  const first = /["'`](?:\.\/|assets\/)(sessions-page-[\w-]+\.js)["'`]/.exec(main)?.[1]
  assert.ok(first !== undefined, 'the page of sessions is not found in the build')
  return reachedFrom([...named, `assets/${first}`])
}

const namedIn = (page: string): readonly string[] =>
  [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file as string)

function reachedFrom(files: readonly string[]): readonly string[] {
  const needed = new Set<string>()
  const next = [...files]
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (needed.has(file)) continue
    needed.add(file)
    if (!file.endsWith('.js')) continue
    const text = readFileSync(join(dist, file), 'utf8')
    for (const [, name] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) next.push(`assets/${name}`)
  }
  return [...needed]
}
