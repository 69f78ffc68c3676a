import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { freePorts } from '@dujiang/testing/network'
import { homePaths, layOutHome, notedEngine, supervise } from '../../src/network/index.ts'
import { cometbft, placeOtherVersion, plans, readText, skip, temporaryFolder } from './homes.ts'
import { isAlive, pairOf, pairsOf, type TestPair, untilHeight } from './pairs.ts'

describe('the settings of a pair that runs', { skip }, () => {
  it('[PAIR-7] [CONF-1] [CONF-6] are those of the file, read anew at each start; while they are refused neither half runs', async (t) => {
    const folder = temporaryFolder(t)
    const [plan] = await plans(folder, 1)
    await layOutHome(plan!)
    const elsewhere = join(folder, 'elsewhere')
    const [other, port] = await freePorts(2)
    const said = {
      CMTHOME: elsewhere,
      CMT_RPC_LADDR: `tcp://127.0.0.1:${other}`,
      CMTMONIKER: 'other',
      FAIL_TEST_INDEX: '0',
    }
    const { pair, lines } = pairOf(t, plan!, {}, { env: { ...process.env, ...said } })
    await pair.start()
    assert.match(lines.at(0)!, /CMTHOME, CMT_RPC_LADDR, CMTMONIKER, FAIL_TEST_INDEX: kept from cometbft/)
    await untilHeight(pair, 1)
    assert.equal(existsSync(elsewhere), false)

    const pids = [pair.pid('app')!, pair.pid('cometbft')!]
    const { config, children } = homePaths(plan!.home)
    const text = readText(config)
    const noted = readText(children)
    writeFileSync(config, text.replace('[consensus]', '[consensus]\nnext_block_delay = "5s"'))
    process.kill(pids[1]!, 'SIGKILL')
    const refusal = /^it cannot be started: .*knows no setting consensus\.next_block_delay; starting both anew/
    while (lines.filter((line) => refusal.test(line)).length < 2) await once(pair, 'state')
    assert.deepEqual(pids.map(isAlive), [false, false])
    assert.equal(readText(children), noted, 'no child was started')

    const height = pair.height!
    writeFileSync(config, text.replace(`tcp://127.0.0.1:${plan!.ports.rpc}`, `tcp://127.0.0.1:${port}`))
    await untilHeight(pair, height + 1)
  })

  it('[PAIR-7] are judged again when the application listens, before the engine reads them', async (t) => {
    for (const [edit, why] of [
      [`text.replace('[consensus]', '[consensus]\\nnext_block_delay = "5s"')`, /knows no setting/],
      [`text.replace(/^laddr = .*$/m, 'laddr = "tcp://127.0.0.1:1"')`, /another rpc\.laddr/],
    ] as const) {
      const [plan] = await plans(temporaryFolder(t), 1)
      await layOutHome(plan!)
      const { config, socket, children } = homePaths(plan!.home)
      // An operator who edits the file while the application opens.
      const app = `
        const [fs, net] = [require('node:fs'), require('node:net')]
        const [config, socket] = process.argv.slice(1)
        const text = fs.readFileSync(config, 'utf8')
        fs.writeFileSync(config, ${edit})
        net.createServer().listen(socket)`
      const { pair, lines } = pairOf(
        t,
        plan!,
        { restartMs: 3_600_000 },
        { app: [process.execPath, '-e', app, config, socket] },
      )
      await pair.start()
      await pair.until('waiting')
      assert.match(lines[0]!, /^it cannot be started: /)
      assert.match(lines[0]!, why)
      assert.equal(await notedEngine(children), undefined)
      await pair.stop()
    }
  })

  it('[PAIR-7] are read by the binary of the version that its supervisor found', async (t) => {
    const folder = temporaryFolder(t)
    const [plan] = await plans(folder, 1)
    await layOutHome(plan!)
    const path = join(folder, 'cometbft')
    symlinkSync(cometbft!.path, path)
    const { pair, lines } = pairOf(t, plan!, {}, { cometbft: path, app: ['false'] })
    await pair.start()
    await pair.until('waiting')
    placeOtherVersion(path)
    const refusal = /was v0\.\d+\.\d+ when this supervisor began and is v0\.40\.9 now: start it anew; /
    while (!lines.some((line) => refusal.test(line))) await once(pair, 'state')
  })
})

describe('a supervisor that comes second', { skip }, () => {
  it('[PAIR-7] is told that the home is taken, not that a port is in use', async (t) => {
    const [{ pair, plan }] = (await pairsOf(t, 1)) as [TestPair]
    await pair.take()
    await assert.rejects(supervise(pairOf(t, plan).pair, plan.ports.rpc), { code: 'ELOCKED' })
    await pair.stop()
    const next = pairOf(t, plan).pair
    await next.take()
    await next.stop()
  })
})
