import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CometbftMissing, findCometbft, lookForCometbft } from '../../src/network/index.ts'
import { moduleVersion } from '../../src/network/go-program.ts'
import { readText, temporaryFolder } from './homes.ts'

/** A program that says it is cometbft of this version, in the text that Go writes into every program. */
function program(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'cometbft')
  const name = 'github.com/cometbft/cometbft'
  writeFileSync(path, `\x7fELF…\xff\0path\t${name}/cmd/cometbft\nmod\t${name}\t${version}\th1:xyz=\ndep\tother\tv1\n`)
  chmodSync(path, 0o755)
  return path
}

const cometbft = { module: 'github.com/cometbft/cometbft', folder: 'cmd/cometbft' }

describe('the cometbft binary', () => {
  it('[BIN-1] has the version of the module it was built from', async (t) => {
    const folder = temporaryFolder(t)
    assert.equal(await moduleVersion(cometbft, program(folder, 'v0.40.0')), 'v0.40.0')
    assert.equal(await moduleVersion(cometbft, program(folder, '(devel)')), '(devel)')
    assert.equal(await moduleVersion(cometbft, process.execPath), undefined)
    assert.equal(await moduleVersion(cometbft, join(folder, 'none')), undefined)
    const path = program(folder, 'v0.40.0')
    chmodSync(path, 0o644)
    assert.equal(await moduleVersion(cometbft, path), undefined, 'it cannot be run')
  })

  it('[BIN-2] is sought in several places, of one version', async (t) => {
    const folder = temporaryFolder(t)
    const at = (place: string) => join(folder, place)
    program(at('old'), 'v0.38.25')
    program(at('newest'), 'v1.0.1')
    program(at('home/go/bin'), 'v0.40.0')
    const env = { PATH: `${at('newest')}:${at('old')}`, HOME: at('home') }
    assert.deepEqual(await findCometbft(env), { path: at('home/go/bin/cometbft'), version: 'v0.40.0' })
    const before = { ...env, DUJIANG_COMETBFT_VERSION: 'v0.38.25' }
    assert.deepEqual(await findCometbft(before), { path: at('old/cometbft'), version: 'v0.38.25' })

    program(at('home/.cache/dujiang/cometbft-v0.40.0'), 'v0.40.0')
    assert.equal((await findCometbft(env)).path, at('home/.cache/dujiang/cometbft-v0.40.0/cometbft'))
    const named = { ...env, DUJIANG_COMETBFT: program(at('named'), 'v0.40.0') }
    assert.equal((await findCometbft(named)).path, at('named/cometbft'))
  })

  it('[BIN-2] is refused when it was named and is of another version, or when there is no such version', async (t) => {
    const folder = temporaryFolder(t)
    const named = { PATH: '', HOME: folder, DUJIANG_COMETBFT: program(join(folder, 'bin'), 'v1.0.1') }
    await assert.rejects(findCometbft(named), /is not cometbft v0\.40\.0: .*v1\.0\.1/)
    await assert.rejects(findCometbft({ ...named, DUJIANG_COMETBFT_VERSION: 'v1.0.1' }), /not supported/)
  })

  it('[BIN-3] is installed by Go into the cache, by one process at a time, and found there', async (t) => {
    const folder = temporaryFolder(t)
    const made = program(join(folder, 'made'), 'v0.40.0')
    mkdirSync(join(folder, 'bin'))
    const go = join(folder, 'bin/go')
    const wanted = 'install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0'
    const runs = join(folder, 'runs')
    writeFileSync(go, `#!/bin/sh\necho run >> ${runs}\n[ "$*" = "${wanted}" ] && cp ${made} $GOBIN/cometbft`)
    chmodSync(go, 0o755)
    const withGo = { PATH: `${join(folder, 'bin')}:/bin:/usr/bin`, HOME: join(folder, 'home') }
    const told: string[] = []
    const all = await Promise.all([1, 2, 3].map(() => findCometbft(withGo, ({ version }) => told.push(version))))
    const path = join(folder, 'home/.cache/dujiang/cometbft-v0.40.0/cometbft')
    for (const found of all) assert.deepEqual(found, { path, version: 'v0.40.0' })
    assert.equal(readText(runs), 'run\n')
    assert.deepEqual(told, ['v0.40.0', 'v0.40.0', 'v0.40.0'])
    assert.deepEqual(await lookForCometbft({ HOME: join(folder, 'home') }), { path, version: 'v0.40.0' })
  })

  it('[BIN-3] is missing in two languages where Go cannot make it', async (t) => {
    const home = temporaryFolder(t)
    const go = join(home, 'go-that-fails')
    mkdirSync(go)
    writeFileSync(join(go, 'go'), '#!/bin/sh\nexit 1')
    chmodSync(join(go, 'go'), 0o755)
    const env = { PATH: `${go}:/bin`, HOME: home }
    const here = await lookForCometbft(env)
    assert.ok(here instanceof CometbftMissing)
    assert.match(here.message, /cometbft v0\.40\.0: go install github\.com/)
    await assert.rejects(findCometbft(env), (cause: Error) => {
      assert.ok(cause instanceof CometbftMissing)
      assert.match(cause.message, /找不到 cometbft v0\.40\.0.*There is no cometbft v0\.40\.0/)
      assert.match(cause.message, /go install github\.com\/cometbft\/cometbft\/cmd\/cometbft@v0\.40\.0/)
      return true
    })
  })
})
