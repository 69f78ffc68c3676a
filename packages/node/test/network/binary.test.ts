import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CometbftMissing, findCometbft, moduleVersion } from '../../src/network/index.ts'
import { temporaryFolder } from './homes.ts'

/** A program that says it is cometbft of this version, in the text that Go writes into every program. */
function program(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'cometbft')
  const name = 'github.com/cometbft/cometbft'
  writeFileSync(path, `\x7fELF…\xff\0path\t${name}/cmd/cometbft\nmod\t${name}\t${version}\th1:xyz=\ndep\tother\tv1\n`)
  chmodSync(path, 0o755)
  return path
}

describe('the cometbft binary', () => {
  it('[BIN-1] has the version of the module it was built from', async (t) => {
    const folder = temporaryFolder(t)
    assert.equal(await moduleVersion(program(folder, 'v0.40.0')), 'v0.40.0')
    assert.equal(await moduleVersion(program(folder, '(devel)')), '(devel)')
    assert.equal(await moduleVersion(process.execPath), undefined)
    assert.equal(await moduleVersion(join(folder, 'none')), undefined)
    const path = program(folder, 'v0.40.0')
    chmodSync(path, 0o644)
    assert.equal(await moduleVersion(path), undefined, 'it cannot be run')
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

  it('[BIN-3] is installed by Go into the cache, and found there', async (t) => {
    const folder = temporaryFolder(t)
    const made = program(join(folder, 'made'), 'v0.40.0')
    mkdirSync(join(folder, 'bin'))
    const go = join(folder, 'bin/go')
    const wanted = 'install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0'
    writeFileSync(go, `#!/bin/sh\n[ "$*" = "${wanted}" ] && cp ${made} $GOBIN/cometbft`)
    chmodSync(go, 0o755)
    const withGo = { PATH: `${join(folder, 'bin')}:/bin:/usr/bin`, HOME: join(folder, 'home') }
    const { path } = await findCometbft(withGo)
    assert.equal(path, join(folder, 'home/.cache/dujiang/cometbft-v0.40.0/cometbft'))
    assert.deepEqual(await findCometbft({ HOME: join(folder, 'home') }), { path, version: 'v0.40.0' })
  })

  it('[BIN-3] is missing in two languages where Go is missing too', async (t) => {
    const env = { PATH: '', HOME: temporaryFolder(t) }
    await assert.rejects(findCometbft(env), (cause: Error) => {
      assert.ok(cause instanceof CometbftMissing)
      assert.match(cause.message, /找不到 cometbft v0\.40\.0.*There is no cometbft v0\.40\.0/)
      assert.match(cause.message, /go install github\.com\/cometbft\/cometbft\/cmd\/cometbft@v0\.40\.0/)
      return true
    })
  })
})
