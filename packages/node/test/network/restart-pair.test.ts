import assert from 'node:assert/strict'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { NotRestarted, restartPair } from '../../src/consortium/index.ts'
import { homePaths, layOutHome } from '../../src/network/index.ts'
import { cometbft, placeOtherVersion, plans, readText, skip, temporaryFolder } from './homes.ts'
import { isAlive, pairOf, untilHeight } from './pairs.ts'

describe('a restart', { skip }, () => {
  const withoutProc = process.platform === 'linux' ? false : 'no /proc here: skipped the process that hangs'
  it('[CARD-7] ends nothing where the home would be refused; makes an engine end that hangs, and waits for a block', {
    skip: withoutProc,
  }, async (t) => {
    const folder = temporaryFolder(t)
    const [plan] = await plans(folder, 1)
    await layOutHome(plan!)
    const binary = join(folder, 'cometbft')
    symlinkSync(cometbft!.path, binary)
    const { pair } = pairOf(t, plan!, {}, { cometbft: binary })
    await pair.start()
    await untilHeight(pair, 1)
    const { config, peers } = homePaths(plan!.home)
    const restart = (endMs?: number): Promise<number> => restartPair(plan!.home, endMs)
    const refused = (why: RegExp) => (error: Error) => {
      assert.match(error.message, why)
      return error instanceof NotRestarted
    }
    const text = readText(config)
    writeFileSync(config, text.replace(/^filter_peers = .*$/m, ''))
    await assert.rejects(restart(), refused(/filter_peers/))
    writeFileSync(config, text)
    const list = readText(peers)
    writeFileSync(peers, '[{"nodeId"')
    await assert.rejects(restart(), refused(/peers\.json/))
    writeFileSync(peers, list)
    placeOtherVersion(binary)
    await assert.rejects(restart(), refused(/is v0\.40\.9 now and v0\.\d+\.\d+ is running/))
    rmSync(binary)
    symlinkSync(cometbft!.path, binary)
    assert.equal(pair.restarts, 0)

    const hung = pair.pid('cometbft')!
    process.kill(hung, 'SIGSTOP')
    while (!/^State:\tT/m.test(readFileSync(`/proc/${hung}/status`, 'utf8'))) await delay(5)
    const height = pair.height!
    assert.ok((await restart(100)) > height)
    assert.equal(isAlive(hung), false)
    assert.equal(pair.restarts, 1)
  })
})
