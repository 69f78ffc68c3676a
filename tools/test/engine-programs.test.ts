import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { startsEngine } from '../src/engine-programs.ts'

const root = resolve(import.meta.dirname, '../..')

/** A test that looks for the engine, itself or through the rig beside it. */
const LOOKS = /lookForCometbft|lookForAbciCli|cometHere/
const BESIDE = /from '(\.\.?\/[^']+\.ts)'/g

describe('the programs of CometBFT', () => {
  it('are made sure of before every test that looks for them', () => {
    const files = globSync('{packages,apps,testing,tools}/**/*.test.ts', {
      cwd: root,
      exclude: (path) => path.includes('node_modules'),
    }).filter((file) => file !== 'tools/test/engine-programs.test.ts')
    const looking = files.filter((file) => {
      const text = readFileSync(resolve(root, file), 'utf8')
      const besides = [...text.matchAll(BESIDE)]
        .map(([, path]) => resolve(root, dirname(file), path!))
        .filter((path) => path.includes('/test/') && existsSync(path))
      return LOOKS.test([text, ...besides.map((path) => readFileSync(path, 'utf8'))].join('\n'))
    })
    assert.ok(looking.length > 10)
    assert.deepEqual(
      looking.filter((file) => !startsEngine(file)),
      [],
    )
  })

  it('are not asked for by a test of decisions about a network', () => {
    assert.equal(startsEngine('packages/market/test/network/decisions.test.ts'), false)
    assert.equal(startsEngine('packages/node/test/store/crash.test.ts'), false)
  })
})
