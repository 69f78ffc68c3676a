import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { restartPair } from '../../src/consortium/index.ts'
import { ConfigRefused, homePaths } from '../../src/network/index.ts'
import { readText, skip } from './homes.ts'
import { isAlive, pairsOf, type TestPair, untilHeight } from './pairs.ts'

describe('a restart', { skip }, () => {
  const withoutProc = process.platform === 'linux' ? false : 'no /proc here: skipped the process that hangs'
  it('[CARD-7] ends nothing for settings that are refused; makes an engine end that hangs, and waits for a block', {
    skip: withoutProc,
  }, async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await untilHeight(pair, 1)
    const { config } = homePaths(plan.home)
    const text = readText(config)
    writeFileSync(config, text.replace(/^filter_peers = .*$/m, ''))
    await assert.rejects(restartPair(plan.home), ConfigRefused)
    assert.equal(pair.restarts, 0)
    writeFileSync(config, text)

    const hung = pair.pid('cometbft')!
    process.kill(hung, 'SIGSTOP')
    while (!/^State:\tT/m.test(readFileSync(`/proc/${hung}/status`, 'utf8'))) await delay(5)
    const height = pair.height!
    assert.ok((await restartPair(plan.home, 100)) > height)
    assert.equal(isAlive(hung), false)
    assert.equal(pair.restarts, 1)
  })
})
