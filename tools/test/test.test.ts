import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'

const passing = `import { it } from 'node:test'\nit('holds', () => {})\n`

/** Run the whole command over a repository that holds only these test files. */
function runOver(files: Record<string, string>, ...options: string[]) {
  const root = mkdtempSync(join(tmpdir(), 'dujiang-test-'))
  mkdirSync(join(root, 'tools/test'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'tools/test', `${name}.test.ts`), text)
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const command = [resolve(import.meta.dirname, '../src/test.ts'), '--root', root, ...options]
  const { status, stdout } = spawnSync(process.execPath, command, { env, encoding: 'utf8' })
  rmSync(root, { recursive: true })
  return { status, stdout, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

describe('npm test', () => {
  it('ends with the count and status 0 when everything passed', () => {
    const { status, stdout, lastLine } = runOver({ a: passing, b: passing })
    assert.equal(lastLine, '2 passed, 0 failed')
    assert.match(stdout, /^ok {3}tools\/test\/a\.test\.ts {2}1 test/m)
    assert.equal(status, 0)
  })

  it('shows a failure in full, once, under the names of its suites', () => {
    const text = `import { describe, it } from 'node:test'\nimport assert from 'node:assert'
      describe('outer', () => describe('inner', () => {
        it('breaks', () => { console.log('a trace'); assert.equal(1, 2) })
        it('holds', () => {})
      }))`
    const { status, stdout, lastLine } = runOver({ a: text })
    assert.equal(lastLine, '1 passed, 1 failed')
    assert.match(stdout, /✗ outer > inner > breaks\n\s+AssertionError.*1 == 2/)
    assert.match(stdout, /a trace/)
    assert.equal(status, 1)
  })

  it('lists skipped tests with their reasons and does not count them as passed', () => {
    const text = `${passing}it('waits', (t) => t.skip('vectors not present: skipped SM2'))\n`
    const { status, stdout, lastLine } = runOver({ a: text })
    assert.equal(lastLine, '1 passed, 0 failed, 1 skipped')
    assert.match(stdout, /- waits \(tools\/test\/a\.test\.ts\)\n\s+vectors not present: skipped SM2/)
    assert.equal(status, 0)
  })

  const bad: Record<string, string> = {
    'a file that cannot be loaded': `throw new Error('at load')`,
    'a file that registers no test': 'export {}',
    'a process that exits with an error after its tests passed': `${passing}process.on('exit', () => { process.exitCode = 3 })`,
    'an error thrown after the tests ended': `${passing}setTimeout(() => { throw new Error('late') }, 1)`,
    'a suite whose body throws': `import { describe } from 'node:test'\ndescribe('s', () => { throw new Error('in suite') })`,
    'a test marked todo': `import { it } from 'node:test'\nit.todo('one day')`,
  }
  for (const [what, text] of Object.entries(bad)) {
    it(`fails for ${what}`, () => {
      const { status, lastLine } = runOver({ a: text, b: passing })
      assert.match(lastLine ?? '', /^\d passed, 1 failed$/)
      assert.equal(status, 1)
    })
  }

  it('fails when no test ran, and when a filter matches nothing', () => {
    assert.equal(runOver({}).status, 1)
    const { status, lastLine } = runOver({ a: passing }, 'no-such-file')
    assert.equal(lastLine, '0 passed, 0 failed')
    assert.equal(status, 1)
  })

  it('runs only the files that a filter names', () => {
    assert.equal(runOver({ apple: passing, pear: passing }, 'pear').lastLine, '1 passed, 0 failed')
  })

  it('tells the tests to run their long loops on --long', () => {
    const text = `${passing}it('is long', (t) => { if (process.env.DUJIANG_LONG !== '1') t.skip('short') })`
    assert.equal(runOver({ a: text }, '--long').lastLine, '2 passed, 0 failed')
  })

  it('stops a file that does not end and says so', () => {
    const text = `import { it } from 'node:test'\nit('waits', () => new Promise(() => setInterval(() => {}, 1000)))`
    const { stdout, lastLine } = runOver({ a: text }, '--limit', '1')
    assert.equal(lastLine, '0 passed, 1 failed')
    assert.match(stdout, /still running after 1 s/)
  })
})
