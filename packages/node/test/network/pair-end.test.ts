import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { homePaths, isRunning, layOutHome, type Member, type Noted } from '../../src/network/index.ts'
import { atEnd, cometbft, countingApp, plans, readText, skip, temporaryFolder } from './homes.ts'
import { isAlive, pairOf, pairsOf, type TestPair, untilHeight } from './pairs.ts'

describe('the end of a pair', { skip }, () => {
  it('[PAIR-4] ends both in order when asked to, leaving nothing behind', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    const ended: Member[] = []
    pair.on('exit', (member) => ended.push(member))
    await pair.start()
    await untilHeight(pair, 1)
    const pids = [pair.pid('app')!, pair.pid('cometbft')!]
    await pair.stop()
    assert.deepEqual(ended, ['cometbft', 'app'])
    assert.deepEqual(pids.map(isAlive), [false, false])
    assert.equal(pair.restarts, 0)
    assert.match(readText(`${homePaths(plan.home).logs}/app.log`), /listening/)
    // A home is free again for the next.
    const next = pairOf(t, plan)
    await next.pair.start()
    await untilHeight(next.pair, 2)
  })

  it('[PAIR-4] comes to nothing when asked to stop while it is starting', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    const started = pair.start()
    await pair.stop()
    await started
    await pair.until('stopped')
    assert.equal(existsSync(homePaths(plan.home).children), false, 'no child was ever started')
  })

  it('[PAIR-5] ends when its supervisor is killed, which can end nothing any more', async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const program = resolve(import.meta.dirname, '../support/supervisor-run.ts')
    const options = [program, plan!.home, cometbft!.path, process.execPath, countingApp, plan!.home]
    const supervisor = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    atEnd(t, () => supervisor.kill('SIGKILL'))
    const [line] = (await once(createInterface({ input: supervisor.stdout }), 'line')) as [string]
    const pids = JSON.parse(line) as Record<Member, number>
    supervisor.kill('SIGKILL')
    await once(supervisor, 'exit')
    while (isAlive(pids.app) || isAlive(pids.cometbft)) await delay(10)
  })

  it('[PAIR-5] ends with its supervisor when that is asked to end', async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const program = resolve(import.meta.dirname, '../support/supervisor-run.ts')
    const options = [program, plan!.home, cometbft!.path, process.execPath, countingApp, plan!.home]
    const supervisor = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    atEnd(t, () => supervisor.kill('SIGKILL'))
    const lines = createInterface({ input: supervisor.stdout })
    const [line] = (await once(lines, 'line')) as [string]
    const pids = JSON.parse(line) as Record<Member, number>
    supervisor.kill('SIGTERM')
    const [code] = (await once(supervisor, 'exit')) as [number]
    assert.equal(code, 0)
    assert.deepEqual([pids.app, pids.cometbft].map(isAlive), [false, false])
  })

  it('[PAIR-6] ends what outlived an earlier supervisor, and nobody else', async (t) => {
    const [{ pair, plan, lines }] = (await pairsOf(t, 1)) as [TestPair]
    const argv = [process.execPath, '-e', 'setInterval(() => {}, 1000)', plan.home]
    const [left, other] = [argv, [...argv, 'other']].map(([program, ...rest]) =>
      spawn(program!, rest, { stdio: 'ignore' }),
    )
    atEnd(t, () => other!.kill('SIGKILL'))
    const noted: readonly Noted[] = [left!, other!].map(({ pid }) => ({ pid: pid!, argv }))
    // The system may show a process before its command line, by which it is known.
    while (!(await isRunning(noted[0]!))) await delay(5)
    writeFileSync(homePaths(plan.home).children, JSON.stringify(noted))
    const gone = once(left!, 'exit')
    await pair.start()
    assert.deepEqual(await gone, [null, 'SIGKILL'])
    assert.equal(lines[0], 'ended 1 processes that outlived their supervisor')
    assert.ok(isAlive(other!.pid!))
  })

  it('[PAIR-6] [PAIR-7] gives the home back when it cannot end what outlived the one before', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    const { children } = homePaths(plan.home)
    // Not the notes of any supervisor, and nothing that it removes.
    mkdirSync(children)
    await assert.rejects(pair.start(), { code: 'ERR_FS_EISDIR' })
    rmdirSync(children)
    const next = pairOf(t, plan).pair
    await next.take()
    await next.stop()
  })

  it('[PAIR-7] is of one supervisor: a second one is refused, as is a home that cannot be run', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await assert.rejects(pairOf(t, plan).pair.start(), /held by another/)
    await pair.stop()
    const { config, children } = homePaths(plan.home)
    writeFileSync(config, readText(config).replace('[mempool]', '[mempool]\nshards = 3'))
    writeFileSync(children, '[]')
    const refused = pairOf(t, plan).pair
    await assert.rejects(refused.start(), /knows no setting mempool\.shards/)
    assert.equal(refused.state, 'idle')
    assert.ok(existsSync(children))
  })
})
