import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { hideBuilding, showBuilding } from '../src/building.ts'

const root = mkdtempSync(join(tmpdir(), 'dujiang-building-'))
after(() => rmSync(root, { recursive: true, force: true }))

describe('the page in place of a console that is being built', () => {
  it('says so in both languages, looks again without a script, and is older than any source', () => {
    const dir = join(root, 'none', 'dist')
    showBuilding(dir)
    const page = readFileSync(join(dir, 'index.html'), 'utf8')
    assert.match(page, /控制台构建中/)
    assert.match(page, /being built/)
    assert.match(page, /<meta http-equiv="refresh"/)
    assert.doesNotMatch(page, /<script|style=/)
    assert.equal(statSync(join(dir, 'index.html')).mtimeMs, 0)
  })

  it('goes when the build has come to nothing', () => {
    const dir = join(root, 'failed')
    showBuilding(dir)
    hideBuilding(dir)
    assert.equal(existsSync(dir), false)
    hideBuilding(dir)
  })

  it('takes the place of no console that has been built, and leaves it where it is', () => {
    const dir = join(root, 'built')
    mkdirSync(dir)
    writeFileSync(join(dir, 'index.html'), 'the console')
    showBuilding(dir)
    hideBuilding(dir)
    assert.equal(readFileSync(join(dir, 'index.html'), 'utf8'), 'the console')
  })
})
