import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'

const BUILDERS = 4
const TIMES = 100

it('a build is put into its place by several at the same time: each succeeds, and the last one stays', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'dujiang-place-'))
  const place = join(dir, 'dist')
  const work = `
    import { mkdtempSync, writeFileSync } from 'node:fs'
    import { putInPlace } from ${JSON.stringify(import.meta.resolve('../../build-place.ts'))}
    for (let time = 0; time < ${TIMES}; time++) {
      const made = mkdtempSync(${JSON.stringify(`${place}-`)})
      writeFileSync(made + '/index.html', '')
      putInPlace(made, ${JSON.stringify(place)})
    }`
  const builders = Array.from({ length: BUILDERS }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', work], { stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  const codes = await Promise.all(builders.map((each: ChildProcess) => once(each, 'close')))
  assert.deepEqual(
    codes.map(([code]) => code as number),
    builders.map(() => 0),
  )
  assert.deepEqual([readdirSync(dir), readdirSync(place)], [['dist'], ['index.html']])
  rmSync(dir, { recursive: true })
})
