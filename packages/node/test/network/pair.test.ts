import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { CometRpc } from '../../src/engine/comet/rpc.ts'
import { type Exit, layOutHome, type Member, Pair, type PairOptions } from '../../src/network/index.ts'
import { atEnd, cometbft, plans, skip, temporaryFolder } from './homes.ts'
import { isAlive, pairsOf, type TestPair, untilHeight } from './pairs.ts'

const text = (word: string) => Buffer.from(word)

describe('a pair of processes', { skip }, () => {
  it('[PAIR-1] starts both anew when either is killed, and goes on from where it was', async (t) => {
    const [{ pair, lines }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await untilHeight(pair, 1)
    for (const member of ['app', 'cometbft'] satisfies Member[]) {
      const before = { app: pair.pid('app')!, cometbft: pair.pid('cometbft')! }
      const height = pair.height!
      const waiting = pair.until('waiting')
      process.kill(before[member], 'SIGKILL')
      await waiting
      assert.ok(!isAlive(before.app) && !isAlive(before.cometbft), 'both have ended before both begin')
      await untilHeight(pair, height + 1)
      assert.notEqual(pair.pid('app'), before.app)
      assert.match(lines.at(-1)!, new RegExp(`^${member === 'app' ? '(app|cometbft)' : 'cometbft'} ended`))
    }
    assert.equal(pair.restarts, 2)
  })

  it('[PAIR-1] takes exit code 0 for an end as any other', async (t) => {
    // Whoever is slow to end is not made to: that would be another exit.
    const [{ pair, rpc }] = (await pairsOf(t, 1, { endMs: 60_000 })) as [TestPair]
    const exits: Partial<Record<Member, Exit>> = {}
    pair.on('exit', (member, exit) => {
      exits[member] = exit
    })
    await pair.start()
    await untilHeight(pair, 1)
    const waiting = pair.until('waiting')
    // The engine may end before it has answered.
    void rpc.broadcastTxAsync(text('exit')).catch(() => undefined)
    await waiting
    // The engine ends because its application did, and calls that a success.
    const zero = { code: 0, signal: undefined }
    assert.deepEqual(exits, { app: zero, cometbft: zero })
    const height = pair.height!
    await untilHeight(pair, height + 1)
  })

  it('[PAIR-2] starts anew after a consensus failure, which leaves the process alive', async (t) => {
    const [{ pair, rpc }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await untilHeight(pair, 1)
    const alarmed = once(pair, 'alarm')
    void rpc.broadcastTxAsync(text('fail')).catch(() => undefined)
    assert.deepEqual(await alarmed, ['consensusFailure'])
    assert.equal(pair.alarm, 'consensusFailure')
    await once(pair, 'moving')
    assert.equal(pair.alarm, undefined)
    assert.equal(pair.restarts, 1)
  })

  it('[PAIR-3] waits longer before each start that comes to nothing, up to a bound', async (t) => {
    const { pair, lines } = await pairWith(t, [process.execPath, '-e', 'process.exit(3)'], {
      restartMs: 1,
      restartMsMax: 4,
    })
    await pair.start()
    while (pair.restarts < 4) await once(pair, 'state')
    assert.deepEqual(
      lines.slice(0, 4),
      [1, 2, 4, 4].map((ms) => `app ended (exit code 3); starting both anew in ${ms} ms`),
    )
  })

  it('[PAIR-3] says so when there is no such program', async (t) => {
    const { pair, lines } = await pairWith(t, ['/no/such/program'])
    await pair.start()
    await pair.until('waiting')
    assert.match(lines[0]!, /^app ended \(never started: .*ENOENT/)
    await pair.stop()
    assert.equal(pair.state, 'stopped')
  })

  it('[STILL-3] goes on with a block that takes long, while its engine answers all but what its peers do', async (t) => {
    const [{ pair, plan, rpc }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.start()
    await untilHeight(pair, 1)
    const impatient = new CometRpc(`http://127.0.0.1:${plan.ports.rpc}`, { timeoutMs: 500 })
    atEnd(t, () => impatient.close())
    await rpc.broadcastTxSync(text('wait'))
    while (!existsSync(join(plan.home, 'told-wait'))) await delay(20)
    await assert.rejects(impatient.peerHeightMax(), /no answer/)
    const { height } = await rpc.status()
    assert.deepEqual(await rpc.netInfo(), [])
    writeFileSync(join(plan.home, 'go-on'), '')
    await untilHeight(pair, height + 1)
    assert.equal(await rpc.peerHeightMax(), 0)
    assert.equal(pair.restarts, 0)
  })

  it('[STILL-2] raises an alarm when the engine never answers, however often both are started anew', async (t) => {
    const { pair, lines } = await pairWith(t, ['false'], { silentMs: 200, restartMs: 1, restartMsMax: 4 })
    const alarmed = once(pair, 'alarm')
    await pair.start()
    assert.deepEqual(await alarmed, ['silent'])
    assert.ok(lines.includes('alarm: silent, height unknown'))
    assert.match(lines.find((line) => line.startsWith('cometbft has not')) ?? '', /not answered for 0.2 s/)
  })
})

/** A pair on a home of its own whose ledger's half is this program; it ends with the test. */
async function pairWith(t: TestContext, app: readonly string[], limits: PairOptions['limits'] = {}) {
  const [plan] = await plans(temporaryFolder(t), 1)
  await layOutHome(plan!)
  const lines: string[] = []
  const pair = new Pair({
    home: plan!.home,
    cometbft: cometbft!.path,
    app,
    limits,
    log: (line) => lines.push(line),
  })
  atEnd(t, () => pair.stop())
  return { pair, lines }
}
