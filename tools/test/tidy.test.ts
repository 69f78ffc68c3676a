import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { checkTidy } from '../src/tidy.ts'

/** Problems of a repository with these files. */
function problemsOf(files: Record<string, string>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'dujiang-tidy-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const problems = checkTidy(root)
  rmSync(root, { recursive: true })
  return problems
}

describe('house rules', () => {
  it('refuse a file that is too long', () => {
    assert.deepEqual(problemsOf({ 'packages/core/src/a.ts': '\n'.repeat(400) }), [])
    assert.match(problemsOf({ 'packages/core/src/a.ts': '\n'.repeat(401) })[0] ?? '', /401 lines, 400 at most/)
  })

  for (const word of ['TO_DO', 'FIX_ME', 'XX_X', 'HA_CK'].map((parted) => parted.replace('_', ''))) {
    it(`refuse the word ${word} in code and pages`, () => {
      assert.match(problemsOf({ 'tools/src/a.ts': `\n// ${word}: later\n` })[0] ?? '', /a\.ts:2: /)
      assert.match(problemsOf({ 'docs/a.md': `${word}\n` })[0] ?? '', /a\.md:1: /)
    })
  }

  it('refuse an exception from a rule without its reason', () => {
    const exception = ['//', 'oxlint-disable-next-line', 'eqeqeq'].join(' ')
    assert.equal(problemsOf({ 'tools/src/a.ts': exception }).length, 1)
    assert.equal(problemsOf({ 'tools/src/a.ts': `${exception} -- both null and undefined are meant` }).length, 0)
  })

  it('ask each package for a README that first says what it is not responsible for', () => {
    const manifest = { 'packages/core/package.json': '{}' }
    assert.match(problemsOf(manifest)[0] ?? '', /README\.md: missing/)
    assert.equal(problemsOf({ ...manifest, 'packages/core/README.md': '# core\n\nEverything.\n' }).length, 1)
    assert.equal(
      problemsOf({ ...manifest, 'packages/core/README.md': '# core\n\nNot responsible for state.\n' }).length,
      0,
    )
  })

  it('do not look into node_modules', () => {
    assert.deepEqual(problemsOf({ 'packages/core/node_modules/x/a.ts': `// ${'TO' + 'DO'}` }), [])
  })
})
