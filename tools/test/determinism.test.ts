import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { before, describe, it } from 'node:test'

const root = resolve(import.meta.dirname, '../..')

/** [line that must not pass the pure ring's lint, part of the report] */
const planted: readonly (readonly [string, string])[] = [
  ['export const a = Date.now()', 'no clock'],
  ['export const a = new Date(0)', 'no clock'],
  ['export const a = performance.now()', 'no clock'],
  ['export const a = Math.random()', 'Math'],
  ['export const a = Math.pow(2, 3)', 'Math'],
  ['export const a = Math.exp(1)', 'Math'],
  ['export const a = Math.log2(8)', 'Math'],
  ['export const a = Math.sqrt(2)', 'Math'],
  ['export const a = Math.sin(1)', 'Math'],
  ['export const a = Math.PI', 'Math'],
  ['export const a = "a".localeCompare("b")', 'locale'],
  ['export const a = (1).toLocaleString()', 'locale'],
  ['export const a = "i".toLocaleUpperCase()', 'locale'],
  ['export const a = new Intl.NumberFormat()', 'no locale'],
  ['export const a = "é".normalize()', 'Unicode tables'],
  ['export async function a() {}', 'no-async-await'],
  ['export const a = Promise.resolve(1)', 'does not wait'],
  ['setTimeout(() => {}, 1)', 'no timers'],
  ['queueMicrotask(() => {})', 'does not wait'],
  ['export const a = process.env', 'does not know Node'],
  ['export const a = Buffer.alloc(1)', 'does not know Node'],
  ['console.log(1)', 'no-console'],
  ['export const a = crypto.randomUUID()', 'no randomness'],
  ['export const a = globalThis', 'no surroundings'],
  ['export const a = new WeakRef({})', 'garbage collector'],
  ['export const a = new FinalizationRegistry(() => {})', 'garbage collector'],
  ['export const a = new SharedArrayBuffer(1)', 'shares no memory'],
  ['export const a = parseFloat("1.5")', 'No floats'],
  ['export const a = Number.parseFloat("1.5")', 'No floats'],
  ['export const a = (1).toFixed(2)', 'No floats'],
  ['export const a = new Float32Array(1)', 'Loses integers'],
  ['export const a = 0.1', 'no-fraction'],
  ['export const a = 1e3', 'no-fraction'],
  ['export const a = (n: number) => 10 ** n', 'no-number-power'],
  ['for (const key in { a: 1 }) key.at(0)', 'no-for-in'],
  ['export const a = Object.keys({ b: 1, a: 2 })', 'stated-order'],
  ['export const a = Object.entries({ b: 1, a: 2 }).map(String)', 'stated-order'],
  ['export const a = /\\p{L}/u', 'stable-regexp'],
  ['export const a = /abc/i', 'stable-regexp'],
]

const harmless = `
  export const a = Object.keys({ b: 1, a: 2 }).sort()
  export const b = Math.floor(7 / 2) + Math.max(1, 2)
  export const c = 10n ** BigInt(3)
  export const d = 2 ** 53
  export const e = 0xe1
  export const f = /^[a-z]+$/
  export const g = structuredClone({ a: 1 })
  // Words in comments and strings do not count: Date.now(), 0.1
  export const h = 'Math.random()'
  export interface Named { readonly Date: number }
`

describe('the lint of the pure ring', () => {
  const files = Object.fromEntries(planted.map(([line], index) => [`planted${index}.ts`, `${line}\n`]))
  let reports: readonly Report[] = []

  // One run over all planted files: starting the linter is what costs.
  before(() => {
    reports = lint('tools/pure-ring.oxlintrc.json', { ...files, 'harmless.ts': harmless })
  })

  for (const [index, [line, message]] of planted.entries()) {
    it(`refuses ${line}`, () => {
      const texts = reports.filter((report) => report.file === `planted${index}.ts`).map((report) => report.text)
      assert.ok(
        texts.some((text) => text.includes(message)),
        texts.join('\n') || 'not reported',
      )
    })
  }

  it('lets harmless code pass', () => {
    assert.deepEqual(
      reports.filter((report) => report.file === 'harmless.ts'),
      [],
    )
  })
})

describe('the lint of the repository', () => {
  it('judges the imports of a file by the table of arrows', () => {
    const text = "import { market } from '@dujiang/market'\nexport * from 'node:fs'\nexport const a = market\n"
    const reports = lint('.oxlintrc.json', { 'packages/chain/src/a.ts': text })
    assert.deepEqual(reports.map((report) => report.text.replace(/:.*/, '')).sort(), [
      'dujiang(arrows) chain may not import market',
      'dujiang(arrows) imports node',
    ])
  })

  it('asks numbers for a comparator, and lets text be sorted by code unit', () => {
    const text = 'export const a = [2, 10].sort()\nexport const b = ["b", "a"].sort()\n'
    const reports = lint('.oxlintrc.json', { 'a.ts': text }, '--type-aware')
    assert.deepEqual(
      reports.map((report) => report.text.split(' ')[0]),
      ['typescript(require-array-sort-compare)'],
    )
  })
})

interface Report {
  readonly file: string
  readonly text: string
}

/** Lint these files, in a folder of their own, by one of the repository's configurations. */
function lint(config: string, files: Record<string, string>, ...options: string[]): readonly Report[] {
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-lint-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), text)
  }
  const command = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, config), '-f', 'json', ...options]
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: dir, encoding: 'utf8' })
  rmSync(dir, { recursive: true })
  if (!stdout.startsWith('{')) throw new Error(`oxlint said: ${stdout}${stderr}`)
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: Record<'code' | 'message' | 'help' | 'filename', string>[]
  }
  return diagnostics.map((found) => ({
    file: found.filename,
    text: `${found.code} ${found.message} ${found.help ?? ''}`,
  }))
}
